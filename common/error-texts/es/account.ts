import type { ErrorText } from '../error-text.ts';
import type { enAccount } from '../en/account.ts';

/** Spanish sentences for what other mail servers answer: fetching and sending. */
export const esAccount: Record<keyof typeof enAccount, ErrorText> = {
  'host-not-allowed': {
    message: 'La dirección de ese servidor no se admite aquí.',
    action:
      'Las direcciones privadas y los puertos poco comunes solo se abren si el administrador los permite.',
  },
  'host-not-allowed/port': {
    message: 'El puerto {port} no se admite para correo.',
    action: 'Se admiten 110, 995, 25, 465, 587 y 2525.',
  },
  dns: { message: 'No se encontró el nombre del servidor.', action: 'Comprueba cómo está escrito.' },
  'connect-refused': {
    message: 'El servidor de correo no acepta conexiones.',
    action: 'Comprueba el nombre y el puerto.',
  },
  timeout: { message: 'El servidor de correo no respondió a tiempo.', action: 'Se vuelve a intentar solo.' },
  tls: {
    message: 'No se logró una conexión segura con el servidor de correo.',
    action: 'Comprueba el tipo de cifrado y el puerto.',
  },
  'tls/certificate-expired': {
    message: 'El certificado del servidor de correo ha caducado.',
    action: 'Solo quien lo administra puede renovarlo.',
  },
  'tls/certificate-name': {
    message: 'El certificado del servidor de correo es para otro nombre.',
    action: 'Usa el nombre que indica el proveedor.',
  },
  'tls/certificate-untrusted': {
    message: 'El certificado del servidor de correo no es de una autoridad conocida.',
    action: 'Comprueba el nombre del servidor. Una autoridad privada hay que darla a conocer a Valija.',
  },
  'auth-failed': {
    message: 'El servidor de correo no acepta el usuario o la contraseña.',
    action: 'Comprueba ambos. Muchos proveedores piden una contraseña de aplicación.',
  },
  'needs-sign-in': {
    message: 'Esta cuenta necesita que vuelvas a iniciar sesión.',
    action: 'Escribe de nuevo su contraseña.',
  },
  'in-use': { message: 'Otro programa está usando el buzón.', action: 'Se vuelve a intentar solo.' },
  'login-delay': {
    message: 'El proveedor permite entrar con menos frecuencia.',
    action: 'Se vuelve a intentar solo.',
  },
  'login-delay/wait': { message: 'El proveedor permite volver a entrar en {n} s.', action: null },
  'too-soon': { message: 'Se comprobó hace un momento.', action: 'Vuelve a probar en unos segundos.' },
  'too-soon/wait': { message: 'Se comprobó hace un momento. La próxima vez será en {n} s.', action: null },
  protocol: {
    message: 'El servidor de correo respondió algo sin sentido.',
    action: 'Comprueba el nombre y el puerto: quizá responde otro servicio.',
  },
  'protocol/not-profile-server': {
    message: 'Lo que responde en {server} no es un profile-server de Valija.',
    action:
      'Comprueba VALIJA_SERVER: es la dirección que se abre en el navegador, como http://localhost:7310.',
  },
  'protocol/not-valija': {
    message: 'Lo que responde en esa dirección no es Valija.',
    action: 'Comprueba VALIJA_SERVER: es la dirección del profile-server.',
  },
  dropped: { message: 'El servidor de correo cortó la conexión.', action: 'Se vuelve a intentar solo.' },
  'server-error': {
    message: 'El servidor de correo informa de un fallo propio.',
    action: 'Se vuelve a intentar solo.',
  },
  'host-not-allowed/network': {
    message: '{host} es una dirección privada y aquí no se admite.',
    action: 'El administrador puede permitirla con VALIJA_ALLOW_NETWORKS.',
  },
  'dns/unknown-host': {
    message: 'No existe ningún servidor {host}.',
    action: 'Comprueba cómo está escrito.',
  },
  'dns/no-answer': {
    message: 'Ahora no se pudo buscar el nombre {host}.',
    action: 'Se vuelve a intentar solo.',
  },
  'timeout/connect': {
    message: 'El servidor de correo no responde.',
    action: 'Comprueba el nombre y el puerto. Se vuelve a intentar solo.',
  },
  'timeout/handshake': {
    message: 'El servidor de correo no terminó de establecer el cifrado.',
    action: 'Comprueba el puerto y el tipo de cifrado.',
  },
  'tls/handshake': {
    message: 'El servidor de correo y Valija no acordaron el cifrado.',
    action: 'Comprueba el puerto y el tipo de cifrado.',
  },
  'tls/not-tls': {
    message: 'El servidor de correo no habla TLS en este puerto.',
    action: 'Elige STARTTLS o el puerto de TLS (995, 465).',
  },
  'tls/mta-sts': {
    message:
      'El dominio del destinatario exige cifrado seguro (MTA-STS) y su servidor de correo no lo ha ofrecido.',
    action: 'Se vuelve a intentar solo. Si dura, avisa al proveedor del destinatario.',
  },
  'tls/requiretls': {
    message:
      'El mensaje solo debía viajar con cifrado seguro y el siguiente servidor de correo no lo garantiza.',
    action: 'Envíalo sin esa exigencia o por otra vía.',
  },
  'tls/starttls-not-offered': {
    message: 'El servidor de correo no ofrece cifrado en este puerto.',
    action: 'Elige otro puerto u otro tipo de cifrado.',
  },
  'tls/starttls-refused': {
    message: 'El servidor de correo se negó a cifrar la conexión.',
    action: 'Elige otro puerto u otro tipo de cifrado.',
  },
  'auth-failed/app-password': {
    message: 'El proveedor pide una contraseña de aplicación.',
    action: 'Créala en la web del proveedor y escríbela aquí.',
  },
  'auth-failed/pop-disabled': {
    message: 'POP3 está desactivado en este buzón.',
    action: 'Actívalo en los ajustes de la web del proveedor.',
  },
  'auth-failed/web-login': {
    message: 'El proveedor quiere que entres antes en su web.',
    action: 'Hazlo con un navegador y vuelve a probar.',
  },
  'auth-failed/no-apop': {
    message: 'El servidor de correo no ofrece APOP.',
    action: 'Elige otra forma de iniciar sesión.',
  },
  'auth-failed/no-password-method': {
    message: 'El servidor de correo no ofrece ninguna forma de entrar con contraseña.',
    action: 'Elige otra forma de iniciar sesión.',
  },
  'invalid/control-character': {
    message: 'El usuario o la contraseña contiene un carácter que no se puede enviar.',
    action: 'Escríbelo de nuevo en vez de pegarlo.',
  },
  'protocol/bad-listing': {
    message: 'La lista de mensajes del servidor de correo no tiene sentido.',
    action: 'Se vuelve a intentar solo.',
  },
  'protocol/list-too-long': {
    message: 'La lista de mensajes del servidor de correo es demasiado larga.',
    action: 'Quita una parte en el sitio web del proveedor.',
  },
  'protocol/endless': {
    message: 'El servidor de correo no deja de enviar.',
    action: 'Solo su operador puede arreglarlo.',
  },
  'conflict/account-exists': { message: '{email} ya está añadida.', action: 'Cambia esa cuenta.' },
  'invalid/password-needed': { message: 'Falta la contraseña.', action: null },
  'invalid/password-needed-again': {
    message: 'El servidor o su usuario ha cambiado: hace falta de nuevo la contraseña.',
    action: 'Una contraseña guardada va solo al servidor para el que se dio.',
  },
  'invalid/smarthost-needed': {
    message: 'Falta el servidor por el que enviar.',
    action: 'Indícalo o elige el servidor de envío de Valija.',
  },
  'invalid/retention-unconfirmed': {
    message: 'Este ajuste borraría mensajes del servidor. No se ha cambiado nada.',
    action: 'Mira cuántos son y confirma ese número.',
  },
  'invalid/retention-expired': {
    message:
      'La confirmación para borrar mensajes del servidor ({count}) ha caducado. No se ha cambiado nada.',
    action: 'Mira otra vez cuántos son y confirma ese número.',
  },
  'invalid/retention-maildrop': {
    message:
      'El número confirmado de mensajes es de otro buzón: han cambiado el servidor o el usuario. No se ha cambiado nada.',
    action:
      'Guarda primero el servidor nuevo y deja que se recoja su correo. Después cambia lo que se borra allí.',
  },
  'not-yet/retention-unlisted': {
    message: 'Valija aún no ha mirado este buzón y no puede decir cuántos mensajes se borrarían.',
    action: 'Deja que se recoja el correo una vez y después cambia lo que se borra del servidor.',
  },
  'forbidden/lease-lost': {
    message: 'La cuenta ha cambiado, o alguien más recoge su correo.',
    action: 'No se pierde nada. Se intenta de nuevo solo.',
  },
  'too-large/message-there': {
    message: 'Un mensaje es más grande de lo que admite Valija.',
    action: 'Se queda en el proveedor: léelo en su sitio web.',
  },
  'needs-sign-in/no-password': {
    message: 'No hay contraseña guardada para esta cuenta.',
    action: 'Escríbela en los ajustes de la cuenta.',
  },
  'route-refused/no-smarthost': {
    message: 'La cuenta no tiene servidor propio por el que enviar.',
    action: 'Añádelo a la cuenta o elige el servidor de envío de Valija.',
  },
};
