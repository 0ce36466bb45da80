import type { Property } from './content-lines.ts';
import { cleanLine, splitValue, unescapeText } from './escapes.ts';

/** What a card calls its person; empty where it does not. */
export function readCardName(properties: readonly Property[]): string {
  const find = (name: string): Property | undefined => properties.find((one) => one.name === name);
  const text = (name: string): string => cleanLine(unescapeText(find(name)?.value ?? ''));
  return text('FN') || readName(find('N')) || text('NICKNAME');
}

/** Family, given, additional, prefix, suffix (RFC 6350 6.2.2), as they are said. */
function readName(name: Property | undefined): string {
  if (name === undefined) return '';
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = splitValue(name.value, ';');
  return cleanLine([prefix, given, additional, family, suffix].filter((part) => part !== '').join(' '));
}
