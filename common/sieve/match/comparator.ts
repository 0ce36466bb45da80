/** A collation of RFC 4790. */
export interface Comparator {
  /** What equal texts have in common. */
  fold(text: string): string;
  /** Below 0, 0 or above for two folded texts. */
  compare(left: string, right: string): number;
  /** Whether `:contains` and `:matches` can be asked. */
  substrings: boolean;
}

/** A to Z alone, so that every character keeps its place. */
function foldCase(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text.toLowerCase();
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** By code points, which is the order of the UTF-8 bytes. */
function compareCodes(left: string, right: string): number {
  const end = Math.min(left.length, right.length);
  let at = 0;
  while (at < end && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  if (at === end) return left.length - right.length;
  return rankUnit(left.charCodeAt(at)) - rankUnit(right.charCodeAt(at));
}

/** Halves of characters beyond U+FFFF come after all others. */
function rankUnit(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** The digits that a text begins with (RFC 4790 9.1), without zeros before them; what begins with none is infinite. */
function readNumber(text: string): string | null {
  return /^0*([0-9]+)/.exec(text)?.[1] ?? null;
}

function compareNumbers(left: string, right: string): number {
  const one = readNumber(left);
  const two = readNumber(right);
  if (one === two) return 0;
  if (one === null || two === null) return one === null ? 1 : -1;
  if (one.length !== two.length) return one.length - two.length;
  return one < two ? -1 : 1;
}

export const COMPARATORS: Readonly<Record<string, Comparator>> = {
  'i;octet': { fold: (text) => text, compare: compareCodes, substrings: true },
  'i;ascii-casemap': { fold: foldCase, compare: compareCodes, substrings: true },
  'i;ascii-numeric': {
    fold: (text) => readNumber(text) ?? '∞',
    compare: compareNumbers,
    substrings: false,
  },
};
