import type { ErrorText } from '../error-text.ts';
import type { enDiscovery } from '../en/discovery.ts';

/** Spanish sentences for finding an account's settings and for what the command line asks about accounts. */
export const esDiscovery: Record<keyof typeof enDiscovery, ErrorText> = {
  'not-found/no-settings': {
    message: 'No se ha encontrado ningún servidor de correo para {email}.',
    action: 'Pide al proveedor el nombre de su servidor POP3 e indícalo: --pop3-host.',
  },
  'not-found/no-pop': {
    message: '{provider} no tiene POP3, así que su correo no se puede recoger.',
    action: 'Haz que reenvíe tu correo a una dirección que tenga POP3.',
  },
  'not-found/only-unencrypted': {
    message: 'Para {email} solo se ha encontrado {host}, que pide contraseñas sin cifrar.',
    action: 'Si aun así lo quieres: --pop3-host {host} --pop3-tls none',
  },
  'usage/oauth-needed': {
    message: '{provider} no acepta contraseñas de programas de correo.',
    action: 'Inicia sesión con tu navegador: añade --oauth.',
  },
  'usage/unconfirmed-server': {
    message: 'El DNS nombra {host}, que está fuera de {domain}: la contraseña iría allí.',
    action: 'Si es correcto, indica tú el servidor: --pop3-host {host}',
  },
  'usage/only-with': { message: '{option} solo vale junto con {other}.', action: null },
  'usage/confirm-delete': {
    message: 'Esto borraría {count} mensajes del servidor. No se ha cambiado nada.',
    action: 'Si lo quieres, confirma el número: --confirm-delete {count}',
  },
  'conflict/confirm-delete': {
    message: 'Ahora se borrarían {count} mensajes del servidor, otro número. No se ha cambiado nada.',
    action: 'Míralo con valija account retention y confirma: --confirm-delete {count}',
  },
};
