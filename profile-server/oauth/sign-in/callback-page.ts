import { describeError } from '../../../common/error-texts/describe.ts';
import type { MailError } from '../../../common/errors.ts';
import type { Language } from '../../../common/shapes/profile.ts';
import { makePage, writeForm, writeParagraphs } from '../../web/plain-page.ts';

const WORDS = {
  en: {
    doneTitle: 'You are signed in',
    done: 'Valija may now fetch the mail of this mailbox at {provider} for the user {user}.',
    failedTitle: 'The sign-in did not work',
    close: 'You can close this window and go back to Valija.',
    askTitle: 'Is this your sign-in?',
    ask: 'The Valija user {user} is about to fetch the mail of the mailbox at {provider} to which you have just given access.',
    warn: 'Go on only if that user is you. Otherwise close this window: somebody may be after your mail.',
    confirm: 'Yes, that is me',
  },
  es: {
    doneTitle: 'Sesión iniciada',
    done: 'Valija ya puede recoger el correo de este buzón en {provider} para el usuario {user}.',
    failedTitle: 'No se pudo iniciar la sesión',
    close: 'Ya puedes cerrar esta ventana y volver a Valija.',
    askTitle: '¿Es este tu inicio de sesión?',
    ask: 'El usuario {user} de Valija va a recoger el correo del buzón de {provider} al que acabas de dar acceso.',
    warn: 'Sigue solo si ese usuario eres tú. Si no, cierra esta ventana: alguien puede querer tu correo.',
    confirm: 'Sí, soy yo',
  },
} as const satisfies Record<Language, Record<string, string>>;

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
  const fill = makeFill(user, provider);
  const title = error === null ? words.doneTitle : words.failedTitle;
  const told =
    error === null
      ? [fill(words.done)]
      : Object.values(describeError(error, language)).filter((text) => text !== null);
  return makePage(language, title, writeParagraphs([...told, words.close]));
}

/** Asks whoever comes in another browser than the one in which the sign-in began; `fields` bring the answer again. */
export function makeQuestionPage(
  { language, user, provider }: Omit<CallbackWords, 'error'>,
  fields: Readonly<Record<string, string>>,
): string {
  const words = WORDS[language];
  const fill = makeFill(user, provider);
  const form = writeForm('/oauth/callback', fields, words.confirm);
  return makePage(language, words.askTitle, `${writeParagraphs([fill(words.ask), words.warn])}\n${form}`);
}

function makeFill(user: string, provider: string): (text: string) => string {
  return (text) => text.replace('{provider}', () => provider).replace('{user}', () => user);
}
