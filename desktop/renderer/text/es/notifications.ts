import type { Entry } from '../text.ts';
import type { en } from '../en/notifications.ts';

export const es: Record<keyof typeof en, Entry> = {
  lead: 'Lo que te avisa del correo nuevo mientras miras otra cosa.',
  notify: 'Avisar del correo nuevo',
  'notify-hint':
    'Con remitente y asunto, mientras ninguna ventana de Valija esté delante. Tu elección vale en todos tus equipos.',
  accounts: 'Avisar del correo de',
  'browser-default': 'Aún no se ha preguntado a este navegador si Valija puede mostrar avisos.',
  'browser-granted': 'Este navegador muestra los avisos de Valija.',
  'browser-denied':
    'Este navegador rechaza los avisos de Valija. Puedes permitirlos en su configuración para esta dirección.',
  'browser-unable':
    'Este navegador no muestra avisos aquí. El correo nuevo aparece solo en la lista, y su número en la pestaña.',
  allow: 'Permitir en este navegador',
  try: 'Mostrar un ejemplo',
  sample: 'El correo nuevo se anunciará así.',
};
