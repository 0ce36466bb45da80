import type { Entry } from '../text.ts';
import type { en } from '../en/help.ts';

export const es: Record<keyof typeof en, Entry> = {
  title: 'Atajos de teclado',
  off: 'Las teclas sueltas están desactivadas en Ajustes, Teclado.',
  change: 'Cambiar las teclas',
  moving: 'Moverse',
  writing: 'Escribir',
  tidying: 'Ordenar',
  selecting: 'Seleccionar',
  else: 'Otros',
  list: 'Siempre en la lista',
  'list-move': 'Moverse',
  'list-open': 'Abrir',
  'list-select': 'Seleccionar',
  'list-extend': 'Seleccionar varios',
};
