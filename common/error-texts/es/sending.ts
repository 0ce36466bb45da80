import type { enSending } from '../en/sending.ts';
import type { ErrorText } from '../error-text.ts';

/** Spanish sentences for what waits to be sent, for reminders, and for what other hosts report later. */
export const esSending = {
  'conflict/send-cancelled': {
    message: 'Este mensaje ya se retiró.',
    action: 'Está en Borradores.',
  },
  'invalid/time-past': {
    message: 'La hora {at} ya pasó.',
    action: 'Indica una posterior. Sin zona horaria vale la de este equipo.',
  },
  'not-found/reminder': { message: 'No hay (o ya no hay) recordatorio para este mensaje.', action: null },
  'not-found/snooze': { message: 'Este mensaje no está (o ya no está) pospuesto.', action: null },
  'forbidden/snooze-role': {
    message: 'Los borradores, lo enviado, el correo no deseado y la papelera no se pueden posponer.',
    action: 'De un mensaje enviado se te puede avisar con un recordatorio.',
  },
  'route-refused/sender-gone': {
    message: 'La dirección desde la que debía enviarse este mensaje ya no es tuya.',
    action: 'Añádela otra vez o envía el mensaje desde otra dirección. Se conserva en Enviados.',
  },
  'recipient-refused/never-reached': {
    message: 'No se pudo contactar con el servidor del destinatario durante días. Ya no se intenta más.',
    action: 'Prueba más tarde o pregunta al destinatario por otra vía.',
  },
  'too-many-tries/own-limit': {
    message: 'Has enviado a tantos destinatarios como puedes en una hora.',
    action:
      'No hay que volver a enviar nada: saldrá en cuanto puedas. El administrador puede permitirte más.',
  },
  'recipient-refused/own-limit': {
    message: 'No puedes enviar un mismo mensaje a tantos destinatarios.',
    action: 'Envíalo a los demás en otro mensaje, o pregunta al administrador.',
  },
  'disk-full/relay': {
    message: 'El disco del servidor de envío de Valija está lleno.',
    action: 'El mensaje saldrá solo cuando haya sitio. Avisa al administrador.',
  },
  'connect-refused/mx': {
    message: 'El servidor del destinatario no acepta conexiones.',
    action: 'Quizá esté apagado por un tiempo. Comprueba que la dirección sea correcta.',
  },
  'recipient-refused/reported': {
    message: 'Otro servidor aceptó el mensaje y comunicó después que no pudo entregarlo.',
    action: 'Su aviso está junto al mensaje en Enviados.',
  },
  'server-error/reported-delay': {
    message: 'Otro servidor aceptó el mensaje y comunica que tarda más.',
    action: 'Lo sigue intentando. No hace falta enviar nada otra vez.',
  },
  'not-found/not-at-home': {
    message: 'El correo de este usuario está en otro servidor.',
    action: 'Vuelve a entrar: así llega la dirección de su servidor.',
  },
} as const satisfies Record<keyof typeof enSending, ErrorText>;
