import type { Entry } from '../text.ts';
import type { en } from '../en/viewer.ts';

export const es: Record<keyof typeof en, Entry> = {
  close: 'Cerrar',
  tools: 'Vista',
  previous: 'Página anterior',
  next: 'Página siguiente',
  'page-of': 'Página {page} de {pages}',
  smaller: 'Más pequeño',
  larger: 'Más grande',
  zoom: '{n} %: ajustar a la ventana',
  words: 'Solo el texto',
  save: 'Descargar',
  cut: 'Solo se muestra el principio del archivo.',
  'no-words': 'En esta página no hay texto.',
  'no-view': 'Este tipo de archivo no se puede mostrar aquí.',
  'no-view-no-save':
    'Este tipo de archivo no se puede mostrar y en este equipo no se guarda nada. Ábrelo en un equipo tuyo.',
};
