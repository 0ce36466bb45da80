import type { Language } from '../../common/shapes/profile.ts';
import type { NoticeAction } from './choose-notices.ts';

export interface DsnWords {
  /** Before the mail's subject; ASCII, a header field carries it as it is. */
  subject: Record<NoticeAction, string>;
  intro: Record<NoticeAction, string>;
  /** `{host}` answered: … */
  answered: string;
  /** `{until}`: when it is given up. */
  retried: string;
  gaveUp: string;
  /** Behind all recipients. */
  headers: string;
  whole: string;
}

export const DSN_WORDS: Record<Language, DsnWords> = {
  en: {
    subject: { failed: 'Undelivered', delayed: 'Delayed', relayed: 'Handed on' },
    intro: {
      failed: 'Your mail could not be delivered to the recipients below, and it will not be tried again.',
      delayed:
        'Your mail has not reached the recipients below yet. You need not do anything: it is tried again by itself.',
      relayed:
        'Your mail for the recipients below has been taken by the next server. That server does not report any further.',
    },
    answered: '{host} answered:',
    retried: 'It is tried until {until}.',
    gaveUp: 'It was tried for five days.',
    headers: 'The headers of your mail are attached.',
    whole: 'Your mail is attached.',
  },
  es: {
    subject: { failed: 'No entregado', delayed: 'Retrasado', relayed: 'Entregado al siguiente servidor' },
    intro: {
      failed: 'Tu correo no se pudo entregar a los destinatarios siguientes, y no se volverá a intentar.',
      delayed:
        'Tu correo aún no ha llegado a los destinatarios siguientes. No tienes que hacer nada: se vuelve a intentar solo.',
      relayed:
        'El siguiente servidor ha aceptado tu correo para los destinatarios siguientes. Ese servidor no informa de nada más.',
    },
    answered: '{host} respondió:',
    retried: 'Se intentará hasta el {until}.',
    gaveUp: 'Se intentó durante cinco días.',
    headers: 'Se adjuntan las cabeceras de tu correo.',
    whole: 'Se adjunta tu correo.',
  },
};
