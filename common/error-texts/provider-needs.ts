import type { Language } from '../shapes/profile.ts';
import type { ProviderNeed } from '../shapes/discovery.ts';
import type { ErrorText } from './error-text.ts';

/** What a provider wants before POP3 works, and what to do; `{provider}` is its name. */
export const NEED_TEXTS: Record<Language, Record<ProviderNeed, ErrorText>> = {
  en: {
    'app-password': {
      message: '{provider} wants an app password for mail programs, not your usual one.',
      action: 'Make one on its website and enter it here.',
    },
    'enable-pop': {
      message: 'POP3 has to be switched on at {provider} first.',
      action: 'Do so in the settings on its website.',
    },
    oauth: {
      message: '{provider} takes no passwords from mail programs.',
      action: 'Sign in at the provider with your browser; the password stays there.',
    },
    'no-pop': {
      message: '{provider} has no POP3, so its mail cannot be fetched.',
      action: 'Let it forward your mail to an address that has POP3.',
    },
  },
  es: {
    'app-password': {
      message: '{provider} pide una contraseña de aplicación para los programas de correo, no la habitual.',
      action: 'Créala en su sitio web e introdúcela aquí.',
    },
    'enable-pop': {
      message: 'Antes hay que activar POP3 en {provider}.',
      action: 'Hazlo en los ajustes de su sitio web.',
    },
    oauth: {
      message: '{provider} no acepta contraseñas de programas de correo.',
      action: 'Inicia sesión en el proveedor con tu navegador; la contraseña se queda allí.',
    },
    'no-pop': {
      message: '{provider} no tiene POP3, así que su correo no se puede recoger.',
      action: 'Haz que reenvíe tu correo a una dirección que tenga POP3.',
    },
  },
};

/** The sentence and the next step of one need. */
export function describeNeed(need: ProviderNeed, provider: string, language: Language): ErrorText {
  const { message, action } = NEED_TEXTS[language][need];
  return { message: message.replace('{provider}', () => provider), action };
}
