import type { enQueue } from '../en/queue.ts';

/** Spanish words for the relay's queue. */
export const esQueue: Record<keyof typeof enQueue, string> = {
  'queue/hold': 'Retenidos: {n}',
  'queue/release': 'Liberados: {n}',
  'queue/retry': 'Se intentan de inmediato: {n}',
  'queue/cancel': 'Cancelados: {n}',
  queueTrying: 'Se están intentando ahora mismo, así que solo si eso no sale bien: {n}',
  queueId: 'Id',
  queueUser: 'Usuario',
  queuedAt: 'En cola desde',
  queueFinished: 'Terminado',
  queueOrder: 'Orden',
  queueInteractive: 'antes que el correo masivo',
  queueBulk: 'correo masivo',
  queueBeingTried: 'intentándose',
  queueToHold: 'después, retenido',
  queueToCancel: 'después, cancelado',
  'state/released': 'liberado',
  'state/retried': 'intentado de nuevo',
  nothingPaused: 'No hay nada en pausa.',
  pauseWaiting: '{n} en espera',
  everything: 'todo',
  partTakesUsers: '{id} admite usuarios nuevos.',
  partTakesNoUsers: '{id} no admite usuarios nuevos; los que tiene se quedan.',
  homeUsers: '{n} usuarios',
  homeClosed: 'sin usuarios nuevos',
};
