import type { Entry } from '../text.ts';
import type { en } from '../en/bulk.ts';

export const es: Record<keyof typeof en, Entry> = {
  'all-in': {
    one: 'Seleccionar {n} mensaje de {box}',
    other: 'Seleccionar los {n} mensajes de {box}',
  },
  'all-found': {
    one: 'Seleccionar {n} mensaje encontrado',
    other: 'Seleccionar los {n} mensajes encontrados',
  },
  'all-from': 'Seleccionar todo el correo de {sender}',
  working: { one: 'Cambiando {n} mensaje…', other: 'Cambiando {n} mensajes…' },
  changed: {
    zero: 'Ningún mensaje tuvo que cambiar.',
    one: 'Cambió {n} mensaje.',
    other: 'Cambiaron {n} mensajes.',
  },
  stopped: 'Se detuvo a medias; lo hecho está en las listas. {reason}',
  undo: 'Deshacer',
  retry: 'Reintentar',
  label: 'Etiquetar…',
  'new-label': 'Nueva etiqueta…',
  'select-all': 'Seleccionar todo lo que se ve',
  'only-unread': 'Solo sin leer',
  'empty-unread': 'No hay nada sin leer.',
  labels: 'Etiquetas',
  snooze: 'Posponer…',
  more: 'Más para lo seleccionado',
  partial: 'No se pudo cargar el resto de la lista.',
  'conversation-failed': 'No se pudieron cargar los demás mensajes de la conversación.',
  conversation: {
    one: '{n} mensaje en esta conversación',
    other: '{n} mensajes en esta conversación',
  },
  'conversation-hidden': { one: '{n} más', other: '{n} más' },
};
