import type { Language } from '../../common/shapes/profile.ts';

interface CodeValues {
  address: string;
  /** As people read it, in groups. */
  code: string;
  /** Address of this Valija. */
  server: string;
}

/** What this server's own mails say. */
export const NOTICE_TEXTS: Record<
  Language,
  { 'sender-code': (values: CodeValues) => { subject: string; text: string } }
> = {
  en: {
    'sender-code': ({ address, code, server }) => ({
      subject: `${code} is your code for sending from this address`,
      text: `Somebody who uses Valija at ${server} wants to send mail from ${address}.

If that was you, enter this code there within 24 hours:

    ${code}

If it was not you, do nothing: without the code nobody can send from your address there. Do not pass it on.
`,
    }),
  },
  es: {
    'sender-code': ({ address, code, server }) => ({
      subject: `${code} es tu código para enviar desde esta dirección`,
      text: `Alguien que usa Valija en ${server} quiere enviar correo desde ${address}.

Si has sido tú, introduce allí este código antes de 24 horas:

    ${code}

Si no has sido tú, no hagas nada: sin el código nadie puede enviar allí desde tu dirección. No se lo des a nadie.
`,
    }),
  },
};
