import type { Property } from './content-lines.ts';

/** Pictures, sounds and keys are larger than all contacts together, and nothing shows them. */
const LEFT_OUT = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY', 'VERSION', 'PRODID', 'REV', 'AGENT']);
const LONGEST = 30_000;
const PARAMETERS = new Set([
  'TYPE',
  'PREF',
  'LANGUAGE',
  'VALUE',
  'ALTID',
  'LABEL',
  'MEDIATYPE',
  'CALSCALE',
  'SORT-AS',
]);

/** The properties of a card as 4.0 writes them, one in a line, unfolded; null where they are too many to keep. */
export function keepCard(properties: readonly Property[]): string | null {
  const text = properties
    .filter(({ name }) => !LEFT_OUT.has(name))
    .map((property) => writeProperty(property))
    .join('\n');
  return text.length > LONGEST || text === '' ? null : text;
}

export function writeProperty({ group, name, parameters, value }: Property): string {
  const written = [...parameters]
    .filter(([key]) => PARAMETERS.has(key))
    .map(([key, values]) => `;${key}=${values.map(quote).join(',')}`);
  const prefix = group === '' ? '' : `${group.replace(/[^\w-]/g, '')}.`;
  return `${prefix}${name}${written.join('')}:${value.replace(/\r\n?|\n/g, '\\n')}`;
}

/** A value of a parameter (RFC 6350 3.3): no quotes or controls may stand in it. */
function quote(value: string): string {
  const safe = value.replace(/["\u0000-\u001f\u007f]/g, '');
  return /[,;:]/.test(safe) ? `"${safe}"` : safe;
}
