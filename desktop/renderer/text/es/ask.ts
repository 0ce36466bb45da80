import type { Entry } from '../text.ts';
import type { en } from '../en/ask.ts';

export const es: Record<keyof typeof en, Entry> = {
  'ask-empty': '¿Enviar sin asunto ni texto?',
  'ask-attachment': '¿Falta un archivo?',
  'attachment-why': 'Hablas de algo adjunto, pero no hay nada adjunto.',
  'attach-now': 'Adjuntar archivos',
  'ask-sender': '¿Desde la dirección correcta?',
  'as-it-is': 'Enviar tal cual',
};
