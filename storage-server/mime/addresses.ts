import { addressParser } from 'postal-mime';
import type { Address } from '../../common/shapes/address.ts';
import { isMostlyDamaged } from './charset.ts';
import { decodeEncodedWords, relabelWords } from './encoded-words.ts';
import { cleanLine } from './headers.ts';

/** The form that nearly every header has; the general parser costs twenty times as much. Only for values of usual length: it may look at spaces again and again. */
const SIMPLE = /^(?:"?([^"<>,;:()@\\=]*?)"?\s*)<([^<>\s,;:"()]+@[^<>\s,;:"()]+)>$/;
/** The same with a name of encoded words (RFC 2047), as most names have that are not English. */
const ENCODED =
  /^((?:=\?[\w-]{1,40}\?[bq]\?[^?\s<>",]{0,120}\?=\s{0,3}){1,5})<([^<>\s,;:"()=?]+@[^<>\s,;:"()=?]+)>$/i;

/** Addresses of a header, groups flattened. What is no address at all is kept as a name with an empty address. */
export function parseAddresses(value: string | null, most: number): Address[] {
  if (value === null || value === '') return [];
  const simple = value.length < 500 ? SIMPLE.exec(value) : null;
  if (simple !== null) return [makeAddress(simple[1] ?? '', simple[2] ?? '')];
  const encoded = value.length < 500 && value.startsWith('=?') ? ENCODED.exec(value) : null;
  if (encoded !== null) {
    const name = decodeEncodedWords((encoded[1] ?? '').trim());
    // A name that looks like more than one is left to the general parser.
    if (!/[<>@,;:"()\\]/.test(name)) return [makeAddress(name, encoded[2] ?? '')];
  }
  const begin = value.slice(0, Math.min(100_000, 400 * most));
  const found = parseAll(begin, most);
  const names = found.map(({ name }) => name ?? '').join('');
  return isMostlyDamaged(names) && begin.includes('=?') ? parseAll(relabelWords(begin), most) : found;
}

function parseAll(value: string, most: number): Address[] {
  return addressParser(value)
    .flatMap((one) => one.group ?? [one])
    .slice(0, most)
    .map((one) => makeAddress(one.name, one.address ?? ''));
}

/** Marks that turn round what stands behind them: a name would turn the address beside it (UAX #9). */
const ORDER = /[\u202a-\u202e\u2066-\u2069]/g;

function makeAddress(name: string, address: string): Address {
  const clean = cleanLine(name, 500).replace(ORDER, '').trim();
  return { name: clean === '' ? null : clean, address: cleanLine(address, 320) };
}
