import type { ErrorText } from '../error-text.ts';
import type { enMail } from '../en/mail.ts';

/** Spanish sentences for what we write and send. */
export const esMail: Record<keyof typeof enMail, ErrorText> = {
  'route-refused': {
    message: 'Por esta vía no se puede enviar desde esa dirección.',
    action: 'Elige otra dirección de remitente, o envía por el servidor de esa cuenta.',
  },
  'route-refused/not-your-address': {
    message: '{from} no es una de tus direcciones.',
    action: 'Añádela antes como cuenta.',
  },
  'recipient-refused': { message: 'Se rechazó a un destinatario.', action: 'Comprueba la dirección.' },
  'conflict/draft': {
    message: 'El borrador se cambió en otro sitio mientras tanto.',
    action: 'Mira cómo está ahora.',
  },
  'conflict/draft-sent': {
    message: 'Este mensaje ya está en camino.',
    action: 'Deshaz el envío para cambiarlo.',
  },
  'not-found/draft': { message: 'Este borrador ya no existe.', action: null },
  'invalid/identity-gone': {
    message: 'La dirección de remitente de este borrador se quitó.',
    action: 'Elige otra.',
  },
  'invalid/no-identity': {
    message: 'Todavía no tienes dirección desde la que enviar.',
    action: 'Añade antes una cuenta.',
  },
  'invalid/no-recipients': { message: 'El mensaje no tiene destinatario.', action: 'Añade al menos uno.' },
  'invalid/recipient-address': {
    message: '{address} no es una dirección de correo.',
    action: 'Comprueba cómo está escrita.',
  },
  'too-large/attachments': { message: 'Los adjuntos pesan juntos más de {limit}.', action: 'Quita alguno.' },
  'too-large/draft-body': {
    message: 'El texto es demasiado largo para un mensaje.',
    action: 'Adjúntalo como archivo.',
  },
  'recipient-refused/no-8bitmime': {
    message: 'El servidor del destinatario no admite los signos de este mensaje y no se puede reescribir.',
    action: null,
  },
  'recipient-refused/no-smtputf8': {
    message: 'El servidor del destinatario no admite direcciones con letras que no sean ASCII.',
    action: null,
  },
  'recipient-refused/no-such-domain': {
    message: 'El dominio de esta dirección no existe.',
    action: 'Comprueba cómo está escrita la dirección.',
  },
  'recipient-refused/null-mx': {
    message: 'El dominio de esta dirección no recibe correo.',
    action: 'Comprueba la dirección.',
  },
  'recipient-refused/mail-loop': {
    message: 'El correo para este dominio volvería al propio servidor de Valija.',
    action: 'El administrador debe revisar los registros MX del dominio.',
  },
  'route-refused/no-smarthost': {
    message: 'La cuenta ya no tiene un servidor de envío.',
    action: 'Envía el correo otra vez.',
  },
  'route-refused/smarthost-missing': {
    message: 'La cuenta no tiene servidor por el que enviar.',
    action: 'Añádelo a la cuenta o elige el servidor de envío de Valija.',
  },
  'forbidden/role-mailbox': { message: 'Esta carpeta es de Valija y se queda.', action: null },
  'forbidden/link-expired': { message: 'Este enlace ha caducado.', action: 'Abre de nuevo el mensaje.' },
  'forbidden/link-forged': { message: 'Este enlace no es correcto.', action: 'Abre de nuevo el mensaje.' },
  'conflict/already-sent': {
    message: 'Este mensaje ya está en camino.',
    action: 'Ya no se puede deshacer el envío.',
  },
  'conflict/draft-changed': {
    message: 'El borrador cambió mientras se enviaba.',
    action: 'Revísalo y envíalo de nuevo.',
  },
  'conflict/upload-offset': { message: 'La subida está en otro punto.', action: 'Inténtalo de nuevo.' },
  'not-found/attachment': { message: 'El borrador no tiene ese adjunto.', action: null },
  'not-found/send': { message: 'Este mensaje no se envió desde aquí.', action: null },
  'invalid/raw-header': { message: 'Esto no es un mensaje: no empieza con una cabecera.', action: null },
  'invalid/raw-from': {
    message: 'El mensaje no tiene línea From.',
    action: 'Añade una con una dirección tuya.',
  },
  'invalid/raw-header-long': {
    message: 'La cabecera del mensaje es demasiado larga para leerla con seguridad.',
    action: 'Pon menos destinatarios o quita campos de la cabecera.',
  },
  'invalid/raw-nul': {
    message: 'El mensaje contiene bytes NUL, que ningún correo puede llevar.',
    action: 'Codifícalo en base64.',
  },
  'invalid/raw-long-line': {
    message: 'El mensaje tiene una línea de más de 998 bytes, que ningún correo puede llevar.',
    action: 'Codifica el texto en quoted-printable o base64.',
  },
  'invalid/file-unreadable': {
    message: 'El archivo ya no se puede leer: se cambió, se movió o se borró.',
    action: 'Adjúntalo de nuevo.',
  },
  'quota/uploads': {
    message: 'Tienes demasiadas subidas sin terminar.',
    action: 'Termínalas o inténtalo mañana.',
  },
  'too-large/recipients': {
    message: 'Un mensaje puede tener {limit} destinatarios como máximo.',
    action: 'Envíalo en varias partes.',
  },
  'too-large/message': { message: 'El mensaje ocupa más de {limit}.', action: 'Quita algo.' },
  'not-found/operation': {
    message: 'Esto ya no se puede deshacer.',
    action: null,
  },
  'not-found/label': { message: 'No existe esa etiqueta.', action: null },
  'not-found/mail': { message: 'Este mensaje ya no existe.', action: null },
  'not-found/mailbox': { message: 'Esta carpeta no existe.', action: null },
  'not-found/part': { message: 'Este mensaje no tiene esa parte.', action: null },
  'not-found/account': { message: 'Esta cuenta no existe, o el mensaje no llegó por ella.', action: null },
  'not-found/blob': {
    message: 'Faltan datos guardados de este mensaje.',
    action: 'Avisa al administrador: puede que estén en una copia de seguridad.',
  },
  'forbidden/remove-from-trash': {
    message: 'Solo se borra para siempre lo que está en Papelera, No deseado o Borradores.',
    action: 'Muévelo antes a la Papelera.',
  },
  'unavailable/store-key': {
    message: 'La clave del almacén de correo está dañada.',
    action: 'Recupera store.key de la carpeta de datos desde una copia de seguridad.',
  },
  'unavailable/store-key-missing': {
    message: 'Falta la clave del correo guardado: {path}.',
    action:
      'Recupérala de una copia de seguridad: sin ella no se puede leer ningún mensaje guardado. No se ha cambiado nada.',
  },
  'unavailable/blob-store': {
    message: 'El almacén de correo se detuvo un momento.',
    action: 'Vuelve a probar.',
  },
};
