import type { en } from '../en/lab.ts';
import type { Entry } from '../text.ts';

export const es = {
  'idle-title': '¿Sigues ahí?',
  'idle-left': {
    one: 'Valija cerrará tu sesión en {n} segundo. Antes se guarda lo que estés escribiendo.',
    other: 'Valija cerrará tu sesión en {n} segundos. Antes se guarda lo que estés escribiendo.',
  },
  'idle-stay': 'Seguir conectado',
} as const satisfies Record<keyof typeof en, Entry>;
