import type { Entry } from '../text.ts';
import type { en } from '../en/status.ts';

export const es: Record<keyof typeof en, Entry> = {
  'state-held': 'En espera de salir',
  'state-scheduled': 'Programado',
  'state-queued': 'En camino',
  'state-sent': 'Entregado a los servidores de destino',
  'state-partly': 'A algunas personas no les llegó',
  'state-failed': 'No se entregó',
  'state-cancelled': 'Cancelado',
  'recipient-held': 'en espera',
  'recipient-queued': 'en camino',
  'recipient-accepted': 'aceptado',
  'recipient-deferred': 'retrasado',
  'recipient-failed': 'fallido',
  'recipient-cancelled': 'cancelado',
  'by-host': 'por {host}',
  attempts: { one: '{n} intento', other: '{n} intentos' },
  'next-try': 'próximo intento {time}',
};
