import type { ErrorText } from '../error-text.ts';
import type { enRoute } from '../en/route.ts';

/** Spanish sentences for the ways that mail leaves by, and who may send as whom. */
export const esRoute: Record<keyof typeof enRoute, ErrorText> = {
  'route-refused/user-disabled': {
    message: 'Ahora mismo no puedes enviar.',
    action: 'Pregunta al administrador.',
  },
  'route-refused/sender-unverified': {
    message: 'Todavía no está demostrado que {from} sea tuya.',
    action: 'Pide que se envíe un código a esa dirección e introdúcelo.',
  },
  'route-refused/dmarc-would-fail': {
    message:
      'Los destinatarios rechazarían este mensaje: {domain} no permite que sus direcciones envíen por esta vía.',
    action: 'Haz que la cuenta envíe por su propio servidor.',
  },
  'route-refused/dmarc-own-smarthost': {
    message:
      'Los destinatarios rechazarían este mensaje: {domain} solo permite enviar por sus propios servidores.',
    action: 'Haz que la cuenta de {from} envíe por el servidor de su proveedor en vez del de Valija.',
  },
  'route-refused/dmarc-other-account': {
    message:
      'Los destinatarios rechazarían este mensaje: {host} no puede enviar por direcciones de {domain}.',
    action: 'Añade {from} como cuenta propia que envíe por el servidor de su proveedor.',
  },
  'route-refused/dmarc-publish-dkim': {
    message:
      'Los destinatarios rechazarían este mensaje: la clave DKIM con la que firma Valija no está publicada para {domain}.',
    action: 'Publica este registro TXT en el DNS del dominio: {name} «{value}»',
  },
  'route-refused/dmarc-make-key': {
    message: 'Los destinatarios rechazarían este mensaje: Valija no tiene clave DKIM para {domain}.',
    action:
      'El administrador puede crear una (valija relay dkim {domain}), o la cuenta puede enviar por su propio servidor.',
  },
  'route-refused/dmarc-unaligned': {
    message:
      'El correo de {domain} no supera por esta vía su comprobación DMARC; algunos destinatarios pueden tomarlo por no deseado.',
    action: 'Haz que la cuenta envíe por su propio servidor.',
  },
  'route-refused/smarthost-other-domain': {
    message: '{host} puede rechazar el correo de {from} o ponerle otra dirección de remitente.',
    action: 'Registra {from} como otra dirección en ese proveedor, o añádela como cuenta propia.',
  },
  'recipient-refused/suppressed': {
    message:
      'El correo a esta dirección ya falló antes de forma definitiva; durante un tiempo no se prueba con ella.',
    action: 'Comprueba la dirección. Si es correcta, vuelve a permitirla.',
  },
  'invalid/sender-code': {
    message: 'El código no es correcto.',
    action: 'Mira el último mensaje con un código. Tras cinco intentos fallidos hace falta otro.',
  },
  'invalid/sender-code-expired': {
    message: 'Este código ya no vale.',
    action: 'Pide que se envíe otro.',
  },
  'too-many-tries/sender-codes': {
    message: 'Hoy ya se han enviado demasiados códigos a esta dirección o para ti.',
    action: 'Inténtalo mañana o pregunta al administrador.',
  },
  'too-soon/sender-code': {
    message: 'Acaba de enviarse un código.',
    action: 'Mira ese mensaje; puede tardar un minuto en llegar.',
  },
  'not-found/identity': { message: 'No existe esa dirección de remitente.', action: null },
  'conflict/dkim-keys': {
    message: '{domain} ya tiene todas las claves DKIM que puede tener ({limit}).',
    action: 'Quita las que ya no firman: valija relay dkim {domain} --remove SELECTOR',
  },
  'not-found/dkim-key': { message: '{domain} no tiene la clave DKIM {selector}.', action: null },
  'not-found/domain': { message: '{domain} no está en la lista de dominios propios.', action: null },
  'not-found/domain-user': { message: 'No existe el usuario {user}.', action: null },
  'invalid/domain': {
    message: '«{domain}» no es un dominio desde el que pueda venir correo.',
    action: 'Escríbelo como example.org.',
  },
  'invalid/domain-public': {
    message: '{domain} es de todos: no puede ser un dominio propio.',
    action: 'Indica un dominio tuyo.',
  },
};
