import type { Entry } from '../text.ts';
import type { en } from '../en/templates.ts';

export const es: Record<keyof typeof en, Entry> = {
  templates: 'Plantillas',
  lead: 'Textos que escribes una y otra vez. En el editor, «Insertar plantilla» pone una en el mensaje.',
  none: 'Todavía no hay plantillas. Una plantilla es un texto que escribes a menudo: una respuesta, una invitación, cómo llegar.',
  add: 'Nueva plantilla',
  'edit-title': 'Editar plantilla',
  edit: 'Editar',
  'edit-one': 'Editar «{name}»',
  remove: 'Quitar',
  'remove-title': '¿Quitar «{name}»?',
  'remove-text': 'Los mensajes escritos con ella quedan como están. El historial puede devolverla.',
  removed: 'Se quitó «{name}».',
  saved: 'Se guardó «{name}».',
  name: 'Nombre',
  'name-missing': 'Ponle un nombre a la plantilla.',
  'name-taken': 'Ya hay una plantilla con ese nombre.',
  subject: 'Asunto',
  'subject-hint': 'Se pone si el mensaje todavía no tiene asunto.',
  text: 'Texto',
  'text-hint': 'Las variables se rellenan al poner la plantilla en un mensaje.',
  variables: 'Variables disponibles',
  save: 'Guardar',
  insert: 'Insertar plantilla',
  find: 'Buscar una plantilla',
  'nothing-found': 'No se encontró ninguna plantilla.',
};
