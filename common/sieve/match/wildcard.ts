import { readPattern, type Piece } from './pattern.ts';

/** Characters by index: the string itself, or its code points where some need two units. */
export type Characters = string | readonly string[];

/** What beginning a comparison costs, a character of a pattern, and one that is looked at by itself; in characters searched through. */
const COMPARISON = 16;
const READING = 32;
const STEP = 4;

/** Cut by code points, so that `?` never takes half of a character. */
export function splitCharacters(text: string): Characters {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
}

/** Where a wildcard's text begins and ends in the value. */
export type Range = readonly [number, number];

/**
 * Matches a whole value against a pattern with `*` and `?` (RFC 5228 2.7.1), `\` making the next character plain. Answers
 * where each wildcard stood, as short as possible from the left (RFC 5229 3.2), or null.
 *
 * The pieces between stars are looked for one after the other, each at its first place: one found later could only leave
 * less for the next, so nothing is tried twice. At worst value × longest piece with `?`; `count` gets what it took.
 */
export function matchWildcards(
  value: Characters,
  pattern: string,
  count: (steps: number) => void,
): Range[] | null {
  const [first, ...rest] = readPattern(pattern);
  count(COMPARISON + pattern.length * READING);
  if (first === undefined || !fits(value, 0, first)) return null;
  const found: Range[] = listSingles(first, 0);
  let at = first.characters.length;
  const last = rest.pop();
  if (last === undefined) return at === value.length ? found : null;
  for (const piece of rest) {
    const place = find(value, at, piece, count);
    if (place < 0) return null;
    found.push([at, place], ...listSingles(piece, place));
    at = place + piece.characters.length;
  }
  const place = value.length - last.characters.length;
  if (place < at || !fits(value, place, last)) return null;
  return [...found, [at, place], ...listSingles(last, place)];
}

function find(value: Characters, from: number, piece: Piece, count: (steps: number) => void): number {
  if (typeof value === 'string' && piece.plain !== null) {
    const place = value.indexOf(piece.plain, from);
    count(((place < 0 ? value.length : place) - from) / 8);
    return place;
  }
  const end = value.length - piece.characters.length;
  for (let at = from; at <= end; at++) {
    const compared = countFitting(value, at, piece);
    count((1 + compared) * STEP);
    if (compared === piece.characters.length) return at;
  }
  return -1;
}

function fits(value: Characters, at: number, piece: Piece): boolean {
  return countFitting(value, at, piece) === piece.characters.length;
}

/** How many characters of the piece, from its first, are there at this place. */
function countFitting(value: Characters, at: number, { characters }: Piece): number {
  let index = 0;
  while (index < characters.length && at + index < value.length) {
    const wanted = characters[index];
    if (wanted !== null && wanted !== value[at + index]) break;
    index++;
  }
  return index;
}

function listSingles({ characters }: Piece, at: number): Range[] {
  const singles: Range[] = [];
  characters.forEach((character, index) => {
    if (character === null) singles.push([at + index, at + index + 1]);
  });
  return singles;
}
