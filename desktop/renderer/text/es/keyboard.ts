import type { Entry } from '../text.ts';
import type { en } from '../en/keyboard.ts';

export const es: Record<keyof typeof en, Entry> = {
  lead: 'Cada orden puede tener la tecla que prefieras. La elección vale en todos tus equipos.',
  'all-back': 'Todas las teclas de origen',
  change: 'Cambiar',
  'change-of': 'Cambiar la tecla de «{command}»',
  changed: 'Tuya',
  none: 'Sin tecla',
  'new-keys': 'Tecla nueva',
  press: 'Pulsa una tecla, dos seguidas, o una con Ctrl o Alt. Con Esc queda como está.',
  free: '{keys} está libre.',
  reserved: '{keys} tiene su propio sentido en todas partes y no se puede asignar. Pulsa otra.',
  taken: '{keys} es de: {commands}. Quien la tiene ahora la pierde.',
  take: 'Asignarla',
  save: 'Guardar',
  'no-key': 'Sin tecla',
  back: 'La de origen',
};
