import type { Entry } from '../text.ts';
import type { en } from '../en/message.ts';

export const es: Record<keyof typeof en, Entry> = {
  print: 'Imprimir…',
  'print-all': 'Imprimir la conversación…',
  printing: 'Se prepara la impresión…',
  'mails-in-all': { one: '{n} mensaje', other: '{n} mensajes' },
  date: 'Fecha',
  subject: 'Asunto',
  save: 'Guardar como archivo (.eml)',
  source: 'Ver el código fuente…',
  'source-title': 'Código fuente del mensaje',
  'source-cut': 'Los primeros {shown} de {all}. El archivo lo tiene todo.',
  copy: 'Copiar',
  copied: 'Copiado',
};
