import type { Entry } from '../text.ts';
import type { en } from '../en/sender.ts';

export const es: Record<keyof typeof en, Entry> = {
  answered: 'El mensaje que respondes llegó a {address}.',
  written: 'Hasta ahora escribías a {person} como {address}.',
  use: 'Escribir como {address}',
  keep: 'Mantener este remitente',
};
