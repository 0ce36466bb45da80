import { decodeWords } from 'postal-mime';
import { isMostlyDamaged } from './charset.ts';

/** Encoded words decoded (RFC 2047); what calls itself UTF-8 and is none counts as Windows-1252. */
export function decodeEncodedWords(value: string): string {
  const text = decodeWords(value);
  return isMostlyDamaged(text) ? decodeWords(relabelWords(value)) : text;
}

/** Words that call themselves UTF-8 as ones of Windows-1252. */
export function relabelWords(value: string): string {
  return value.replace(/=\?utf-?8(?=[?*])/gi, '=?windows-1252');
}
