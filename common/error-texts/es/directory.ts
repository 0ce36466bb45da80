import type { enDirectory } from '../en/directory.ts';
import type { ErrorText } from '../error-text.ts';

/** Spanish sentences about signing in through services of the organisation. */
export const esDirectory: Record<keyof typeof enDirectory, ErrorText> = {
  'sign-in-failed/oidc-denied': {
    message: 'El proveedor rechazó el inicio de sesión.',
    action: 'Empieza de nuevo o entra con una contraseña.',
  },
  'unavailable/oidc-unavailable': {
    message: '{provider} no responde en este momento.',
    action: 'Vuelve a probar en un minuto o entra con una contraseña.',
  },
  'sign-in-failed/directory-no-user': {
    message: '{name} de {provider} todavía no es un usuario aquí.',
    action:
      'Si tienes un usuario aquí, entra con su contraseña y vincula {provider} en Seguridad. Si no, pregunta a tu administrador.',
  },
  'sign-in-failed/directory-shut-out': {
    message: 'Este usuario no puede entrar.',
    action: 'Pregunta a tu administrador.',
  },
  'sign-in-failed/directory-not-demanded': {
    message: '{provider} no te cuenta entre quienes pueden entrar aquí.',
    action: 'Pregunta a tu administrador.',
  },
  'name-taken/directory-name-taken': {
    message: 'El nombre «{name}» que te da {provider} pertenece aquí a otro usuario.',
    action:
      'Si ese usuario eres tú, entra con su contraseña y vincula {provider} en Seguridad. Si no, pregunta a tu administrador.',
  },
  'conflict/directory-linked-elsewhere': {
    message: 'Ese acceso de {provider} pertenece aquí a otro usuario.',
    action: 'Elige otro en {provider}, o quítalo antes del otro usuario.',
  },
  'conflict/program-two': {
    message: 'Otra persona estaba a punto de entrar en el mismo programa.',
    action: 'No ha entrado nadie. Vuelve a empezar en el programa.',
  },
  'unavailable/ldap-silent': {
    message: 'El directorio de tu organización, que conoce tu contraseña, no responde en este momento.',
    action: 'Vuelve a probar en {n} s. Quien tiene una contraseña de Valija puede entrar.',
  },
  'unavailable/ldap-bind': {
    message: 'El directorio de tu organización no deja que Valija busque usuarios.',
    action: 'El administrador debe revisar el nombre y la contraseña puestos con «directory ldap set».',
  },
  'unavailable/ldap-two': {
    message: 'El directorio de tu organización tiene varias personas con este nombre.',
    action: 'El administrador debe poner un filtro que encuentre una sola.',
  },
  'unavailable/ldap-no-id': {
    message:
      'El directorio de tu organización no muestra el atributo {attribute}, por el que se conoce a las personas.',
    action: 'El administrador debe poner otro, o permitir que Valija lo lea.',
  },
  'invalid/ldap-server': {
    message: 'Un servidor se escribe ldap://host:puerto o ldaps://host:puerto.',
    action: null,
  },
  'invalid/ldap-one-way': {
    message: 'Las personas se encuentran con una búsqueda o con una plantilla de sus nombres.',
    action: 'Usa --base y --filter, o --user-dn.',
  },
  'invalid/ldap-template': {
    message: '«{name}» debe estar donde va el nombre escrito.',
    action: null,
  },
  'invalid/ldap-plain': {
    message: 'Las contraseñas irían a {host} sin cifrar.',
    action: 'Usa ldaps:// o --start-tls, o indica --allow-plain.',
  },
  'not-found/ldap': { message: 'No hay ningún directorio.', action: null },
  'not-found/directory-link': { message: 'Este acceso no está vinculado.', action: null },
  'forbidden/directory-own-source': {
    message: 'Tu usuario se creó con este acceso y no puede prescindir de él.',
    action: null,
  },
  'sign-in-failed/passkey-left': {
    message: 'No se dio ninguna llave de acceso.',
    action: 'Vuelve a probar o elige otra forma.',
  },
  'sign-in-failed/passkey-here': {
    message: 'Este dispositivo ya tiene una llave de acceso de este usuario.',
    action: 'Usa esa o elige otro dispositivo.',
  },
  'sign-in-failed/passkey-browser': {
    message: 'El navegador no dejó que esta página pidiera una llave de acceso.',
    action: 'Elige otra forma u otro navegador.',
  },
};
