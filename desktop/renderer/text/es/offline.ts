import type { Entry } from '../text.ts';
import type { en } from '../en/offline.ts';

export const es: Record<keyof typeof en, Entry> = {
  trying: 'Probando otra vez…',
  meanwhile:
    'Puedes leer los mensajes que ya abriste y seguir escribiendo: se guarda en cuanto el servidor responda.',
  now: 'Probar ahora',
};
