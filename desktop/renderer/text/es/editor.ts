import type { Entry } from '../text.ts';
import type { en } from '../en/editor.ts';

export const es: Record<keyof typeof en, Entry> = {
  'picture-bad': 'Esta imagen no se puede mostrar o no se puede reducir lo suficiente.',
  'picture-bar': 'Imagen',
  'picture-size': 'Tamaño',
  'picture-small': 'Pequeña',
  'picture-medium': 'Mediana',
  'picture-large': 'Grande',
  'picture-own': 'Tal cual',
  'picture-words': 'Descripción, para quien no pueda verla',
  'picture-remove': 'Quitar la imagen',
};
