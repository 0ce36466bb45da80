import type { enFiling } from '../en/filing.ts';
import type { ErrorText } from '../error-text.ts';

/** Spanish sentences for what rules could not do. */
export const esFiling: Record<keyof typeof enFiling, ErrorText> = {
  'invalid/rule-mailbox-gone': {
    message: 'Una regla archiva en «{detail}» y esa carpeta no existe: el mensaje está en Recibidos.',
    action: 'Cambia la regla o vuelve a crear la carpeta.',
  },
  'invalid/rule-failed': {
    message: 'La regla «{rule}» no se pudo aplicar a un mensaje, que se trató como si no existiera la regla.',
    action: 'Abre la regla: allí se ve qué le pasa.',
  },
  'invalid/rule-not-run': {
    message: 'Las reglas no se pudieron aplicar a un mensaje: está en Recibidos.',
    action: 'Si ocurre a menudo, usa menos reglas o más sencillas.',
  },
  'invalid/rule-forward-refused': {
    message: 'Una regla reenvía a {detail} y el envío fue rechazado.',
    action: 'Comprueba la dirección y que la cuenta pueda enviar.',
  },
  'invalid/rule-forward-own': {
    message: 'Una regla reenvía a {detail}, que también se recoge aquí: el mensaje volvería.',
    action: 'Cambia la regla: archiva o etiqueta el mensaje.',
  },
  'invalid/rule-answer-refused': {
    message: 'Una respuesta automática a {detail} fue rechazada.',
    action: 'Comprueba que la cuenta pueda enviar.',
  },
  'not-found/rule': { message: 'Esta regla no existe (o ya no).', action: null },
};
