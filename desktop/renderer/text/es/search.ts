import type { Entry } from '../text.ts';
import type { en } from '../en/search.ts';

export const es: Record<keyof typeof en, Entry> = {
  title: 'Cómo buscar',
  lead: 'Escribe lo que recuerdes; el mensaje debe tenerlo todo. Lo más nuevo sale primero.',
  words: 'todas estas palabras',
  phrase: 'exactamente estas palabras',
  from: 'quién lo envía',
  to: 'quién lo recibe',
  subject: 'en el asunto',
  in: 'en una carpeta',
  label: 'con una etiqueta',
  after: 'desde un día',
  before: 'antes de un día',
  attachment: 'con adjuntos',
  unread: 'sin leer',
  larger: 'más grande que',
  without: 'sin esta palabra',
  either: 'una o la otra',
};
