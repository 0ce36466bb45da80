import type { Entry } from '../text.ts';
import type { en } from '../en/lab.ts';

export const es: Record<keyof typeof en, Entry> = {
  'idle-title': '¿Sigues ahí?',
  'idle-left': {
    one: 'Valija cerrará tu sesión en {n} segundo. Antes se guarda lo que estés escribiendo.',
    other: 'Valija cerrará tu sesión en {n} segundos. Antes se guarda lo que estés escribiendo.',
  },
  'idle-stay': 'Seguir conectado',
};
