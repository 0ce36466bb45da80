import type { Entry } from '../text.ts';
import type { en } from '../en/palette.ts';

export const es: Record<keyof typeof en, Entry> = {
  title: 'Buscar una orden o un lugar',
  ask: 'Orden, carpeta, cuenta, etiqueta…',
  results: 'Lo encontrado',
  found: { zero: 'No se encontró nada', one: '{n} resultado', other: '{n} resultados' },
  'search-mail': 'Buscar «{query}» en el correo',
  'kind-command': 'Orden',
  'kind-mailbox': 'Carpeta',
  'kind-account': 'Cuenta',
  'kind-label': 'Etiqueta',
  'kind-settings': 'Ajustes',
  'kind-recent': 'Búsqueda reciente',
};
