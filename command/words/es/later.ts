import type { enLater } from '../en/later.ts';

/** Spanish words for what happened to sent mail, what waits, and reminders. */
export const esLater: Record<keyof typeof enLater, string> = {
  'state/delivered': 'entregado',
  serverSaid: 'El otro servidor: {line}',
  idAtRelay: 'En el servidor de envío: {id}',
  reportedIn: 'Su aviso: valija show {id}',
  nothingWaits: 'No hay nada retenido ni programado.',
  remindAt: 'Se te recordará el {when}.',
  remindUnlessAnswered: 'Se te recordará el {when}, salvo que alguien responda antes.',
  noReminders: 'No hay recordatorios. Pon uno: valija remind set --help',
  reminderDue: 'vencido',
  reminderWaiting: 'en espera',
  reminderUnlessAnswered: 'salvo respuesta',
  reminderRemoved: 'Ya no hay recordatorio para {id}.',
  snoozedUntil: 'Pospuestos: {n}. Vuelven a Recibidos el {when}.',
  nothingSnoozed: 'No hay nada pospuesto. Pospón un mensaje: valija snooze --help',
  snoozeWaiting: 'en espera',
  snoozeBack: 'ha vuelto',
  snoozeEnded: 'Ya no pospuestos: {n}.',
};
