import { describeError } from '../../../common/error-texts/describe.ts';
import type { MailError } from '../../../common/errors.ts';
import type { Language } from '../../../common/shapes/profile.ts';
import { escapeHtml, makePage, writeForm, writeParagraphs } from '../../web/plain-page.ts';
import { nameProgram, type Purpose } from './pending.ts';

const WORDS = {
  en: {
    programTitle: 'You are signed in',
    program: 'Close this window and go back to Valija.',
    linkTitle: 'Your sign-in is linked',
    link: 'From now on you can also enter Valija through {provider}. Close this window and go back to Valija.',
    failedTitle: 'The sign-in did not work',
    back: 'Back to Valija',
    askProgramTitle: 'Sign in to the Valija program?',
    askProgram: 'The Valija program that shows the number {number} will be signed in as you.',
    warnProgram:
      'Go on only if you have just begun this yourself, and your Valija shows this number. Otherwise close this window: somebody may be after your mail.',
    askLinkTitle: 'Link this sign-in?',
    askLink: 'Whoever signs in at {provider} as you just did will then enter Valija as the user {user}.',
    warnLink: 'Go on only if that user is you. Otherwise close this window.',
    confirm: 'Yes, go on',
  },
  es: {
    programTitle: 'Sesión iniciada',
    program: 'Cierra esta ventana y vuelve a Valija.',
    linkTitle: 'Tu acceso está vinculado',
    link: 'Desde ahora también puedes entrar en Valija a través de {provider}. Cierra esta ventana y vuelve a Valija.',
    failedTitle: 'No se pudo iniciar la sesión',
    back: 'Volver a Valija',
    askProgramTitle: '¿Iniciar sesión en el programa Valija?',
    askProgram: 'El programa Valija que muestra el número {number} iniciará sesión como tú.',
    warnProgram:
      'Sigue solo si acabas de empezarlo tú y tu Valija muestra este número. Si no, cierra esta ventana: alguien puede querer tu correo.',
    askLinkTitle: '¿Vincular este acceso?',
    askLink:
      'Quien inicie sesión en {provider} como acabas de hacerlo entrará en Valija como el usuario {user}.',
    warnLink: 'Sigue solo si ese usuario eres tú. Si no, cierra esta ventana.',
    confirm: 'Sí, seguir',
  },
} as const satisfies Record<Language, Record<string, string>>;

type Values = Record<string, string>;

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** Where a program's or a link's sign-in ends. */
export function makeDonePage(language: Language, kind: 'program' | 'link', provider: string): string {
  const words = WORDS[language];
  return makePage(language, words[`${kind}Title`], writeParagraphs([fill(words[kind], { provider })]));
}

/** Says what went wrong, and leads back to the client. */
export function makeFailedPage(language: Language, error: MailError, home: string): string {
  const words = WORDS[language];
  const told = Object.values(describeError(error, language)).filter((text) => text !== null);
  const back = `<p><a href="${escapeHtml(home)}">${escapeHtml(words.back)}</a></p>`;
  return makePage(language, words.failedTitle, `${writeParagraphs(told)}\n${back}`);
}

/** Asks before the answer is taken for somebody who does not sit at this very browser's client. */
export function makeQuestionPage(
  language: Language,
  purpose: Exclude<Purpose, { kind: 'browser' }>,
  { provider, user }: { provider: string; user: string },
  fields: Readonly<Record<string, string>>,
): string {
  const words = WORDS[language];
  const form = writeForm('/session/oidc/callback', fields, words.confirm);
  const told =
    purpose.kind === 'program'
      ? [fill(words.askProgram, { number: nameProgram(purpose.wait) }), words.warnProgram]
      : [fill(words.askLink, { provider, user }), words.warnLink];
  const title = purpose.kind === 'program' ? words.askProgramTitle : words.askLinkTitle;
  return makePage(language, title, `${writeParagraphs(told)}\n${form}`);
}
