import type { ErrorText } from '../error-text.ts';
import type { enOAuth } from '../en/oauth.ts';

/** Spanish sentences about signing in at mail providers (OAuth). */
export const esOAuth: Record<keyof typeof enOAuth, ErrorText> = {
  'needs-sign-in/oauth-expired': {
    message: 'El permiso para esta cuenta en el proveedor ha terminado.',
    action: 'Vuelve a iniciar sesión allí.',
  },
  'unavailable/oauth-unavailable': {
    message: 'El servicio de inicio de sesión del proveedor no responde en este momento.',
    action: 'Se volverá a intentar solo.',
  },
  'unavailable/oauth-token-refused': {
    message: 'El servidor de correo rechazó un permiso que aún era válido.',
    action: 'Se pide uno nuevo automáticamente.',
  },
  'unavailable/oauth-client': {
    message: 'El proveedor no acepta cómo está registrada Valija.',
    action:
      'El administrador tiene que revisar el identificador, el secreto y las direcciones de este proveedor.',
  },
  'sign-in-failed/oauth-denied': {
    message: 'El inicio de sesión se rechazó en el proveedor.',
    action: 'Empieza de nuevo y permite el acceso a tu correo.',
  },
  'sign-in-failed/oauth-late': {
    message: 'Se acabó el tiempo para iniciar sesión en el proveedor.',
    action: 'Empieza de nuevo.',
  },
  'sign-in-failed/oauth-answer': {
    message: 'El proveedor no aceptó este inicio de sesión.',
    action: 'Empieza de nuevo.',
  },
  'sign-in-failed/oauth-scope': {
    message: 'No se dio el permiso para el correo.',
    action: 'Empieza de nuevo y marca el acceso a tu correo.',
  },
  'sign-in-failed/oauth-other-mailbox': {
    message: 'Has iniciado sesión como {email}, que es otro buzón.',
    action: 'Empieza de nuevo y elige el buzón correcto en el proveedor.',
  },
  'sign-in-failed/oauth-no-refresh': {
    message: 'El proveedor dio un permiso solo por poco tiempo.',
    action: 'El administrador tiene que pedir uno duradero entre los permisos, a menudo offline_access.',
  },
  'sign-in-failed/oauth-session': {
    message: 'La sesión que empezó este inicio ha terminado.',
    action: 'Entra en Valija y empieza de nuevo.',
  },
  'sign-in-failed/oauth-unknown': {
    message: 'Este inicio de sesión no se conoce aquí o ya se usó.',
    action: 'Empieza de nuevo en Valija.',
  },
  'not-found/oauth-unknown': {
    message: 'Este inicio de sesión no se conoce aquí.',
    action: 'Empieza de nuevo.',
  },
  'not-found/oauth-provider': { message: 'No se conoce ningún proveedor «{provider}».', action: null },
  'not-found/oauth-grant-gone': {
    message: 'El inicio de sesión en el proveedor es demasiado antiguo o ya se usó.',
    action: 'Vuelve a iniciar sesión allí.',
  },
  'invalid/oauth-grant-gone': {
    message: 'Ese inicio de sesión es de otra cuenta.',
    action: 'Inicia sesión de nuevo para esta.',
  },
  'not-yet/oauth-no-client': {
    message: 'Valija aún no está registrada en {provider}.',
    action: 'El administrador tiene que indicar un identificador de cliente.',
  },
  'invalid/oauth-flow': { message: '{provider} no ofrece esta forma de iniciar sesión.', action: null },
  'invalid/oauth-host': {
    message: '{host} no es un servidor de correo de {provider}: el permiso solo vale allí.',
    action: 'Usa los servidores del proveedor.',
  },
  'host-not-allowed/oauth-host': {
    message: '{host} no es un servidor de correo de {provider}: tu permiso no se envía allí.',
    action: 'Quien puso este servidor en la cuenta tiene que indicar uno del proveedor.',
  },
  'host-not-allowed/oauth-needs-tls': {
    message: 'Tu permiso en {provider} solo se envía por una conexión cifrada.',
    action: 'Quien puso este servidor en la cuenta tiene que elegir TLS o STARTTLS.',
  },
  'invalid/oauth-needs-tls': {
    message: 'Iniciar sesión en un proveedor requiere una conexión cifrada con el servidor de correo.',
    action: 'Elige TLS o STARTTLS.',
  },
  'invalid/oauth-fact-missing': { message: 'Falta «{field}» para este proveedor.', action: null },
  'invalid/oauth-url': {
    message: '«{field}» tiene que ser una dirección https.',
    action: 'http sin cifrar solo se permite en esta misma máquina.',
  },
  'invalid/oauth-other-provider': {
    message: 'Esta cuenta no inicia sesión en {provider}.',
    action: 'Cambia primero cómo inicia sesión la cuenta.',
  },
  'invalid/oauth-other-mailbox': {
    message: 'Has iniciado sesión como {email}, que es otro buzón.',
    action: 'Inicia sesión de nuevo con la dirección de esta cuenta.',
  },
  'invalid/oauth-auth': {
    message: 'Un inicio de sesión en el proveedor requiere XOAUTH2 u OAUTHBEARER.',
    action: 'Elige uno de los dos.',
  },
  'invalid/oauth-grant-needed': {
    message: 'Esta cuenta necesita iniciar sesión en su proveedor.',
    action: 'Inicia sesión allí primero.',
  },
  'conflict/oauth-id-taken': {
    message: 'Un proveedor incluido ya tiene este nombre.',
    action: 'Elige otro nombre.',
  },
};
