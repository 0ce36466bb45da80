import { createHash } from 'node:crypto';
import { describeError } from '../../common/error-texts/describe.ts';
import type { MailError } from '../../common/errors.ts';
import type { Language } from '../../common/shapes/profile.ts';

const WORDS = {
  en: {
    doneTitle: 'You are signed in',
    done: 'Valija may now fetch the mail of this mailbox at {provider} for the user {user}.',
    failedTitle: 'The sign-in did not work',
    close: 'You can close this window and go back to Valija.',
  },
  es: {
    doneTitle: 'Sesión iniciada',
    done: 'Valija ya puede recoger el correo de este buzón en {provider} para el usuario {user}.',
    failedTitle: 'No se pudo iniciar la sesión',
    close: 'Ya puedes cerrar esta ventana y volver a Valija.',
  },
} as const satisfies Record<Language, Record<string, string>>;

const STYLE =
  'body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.5rem;color-scheme:light dark}h1{font-size:1.5rem}';

/** Nothing but this text and its style: no script, no picture, no form, in no frame. */
export const CALLBACK_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface CallbackWords {
  language: Language;
  /** Name of the Valija user: who has lured somebody else into consenting is seen by it. */
  user: string;
  provider: string;
  error: MailError | null;
}

/** The page on which the browser ends after a provider's. */
export function makeCallbackPage({ language, user, provider, error }: CallbackWords): string {
  const words = WORDS[language];
  const title = error === null ? words.doneTitle : words.failedTitle;
  const told =
    error === null
      ? [words.done.replace('{provider}', () => provider).replace('{user}', () => user)]
      : Object.values(describeError(error, language)).filter((text) => text !== null);
  const paragraphs = [...told, words.close].map((text) => `<p>${escape(text)}</p>`).join('\n');
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Valija – ${escape(title)}</title>
<style>${STYLE}</style>
<h1>${escape(title)}</h1>
${paragraphs}
`;
}

/** The language of somebody nobody knows yet: the first of ours that the browser names. */
export function chooseLanguage(accepted: string | undefined): Language {
  const named = (accepted ?? '').toLowerCase().match(/\b(en|es)(?=[-,;\s]|$)/);
  return named?.[1] === 'es' ? 'es' : 'en';
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
