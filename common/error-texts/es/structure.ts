import type { ErrorText } from '../error-text.ts';
import type { enStructure } from '../en/structure.ts';

/** Spanish sentences for what is odd about a message. */
export const esStructure: Record<keyof typeof enStructure, ErrorText> = {
  'invalid/no-headers': { message: 'Este mensaje no tiene cabeceras.', action: null },
  'invalid/header-limit': {
    message: 'Este mensaje tiene más cabeceras de las que se muestran.',
    action: null,
  },
  'invalid/header-damaged': { message: 'Una cabecera de este mensaje está dañada.', action: null },
  'invalid/header-twice': {
    message:
      'Este mensaje repite una cabecera que debe aparecer una sola vez: cada programa puede mostrarlo distinto.',
    action: null,
  },
  'invalid/no-boundary': {
    message: 'La estructura de este mensaje está dañada: se muestra como un solo texto.',
    action: null,
  },
  'invalid/depth-limit': {
    message: 'Este mensaje está anidado demasiado hondo: sus partes internas se muestran como un archivo.',
    action: null,
  },
  'invalid/part-limit': { message: 'Este mensaje tiene más partes de las que se muestran.', action: null },
  'invalid/text-cut': {
    message: 'El texto es más largo que lo que se muestra aquí: abre la parte para leerlo entero.',
    action: null,
  },
  'invalid/bytes-lost': {
    message:
      'Los bytes guardados de este mensaje se han perdido: quizá estén en una copia, o en su servidor.',
    action: null,
  },
  'invalid/unreadable': {
    message: 'La estructura de este mensaje no se puede leer: el original se puede guardar.',
    action: null,
  },
};
