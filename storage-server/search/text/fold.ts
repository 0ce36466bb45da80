const ASCII = /^[\u0000-\u007f]*$/;
/** Accents of Latin, Greek and Cyrillic, points of Hebrew, vowels of Arabic; marks that make other letters stay. */
const ACCENT_CLASS =
  '\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670';
const ACCENTS = new RegExp(`[${ACCENT_CLASS}]+`, 'g');
/** They stand in the middle of words and show nothing. */
const INVISIBLE_CLASS = '\\u00ad\\u200b-\\u200d\\u2060\\ufeff';
const INVISIBLE = new RegExp(`[${INVISIBLE_CLASS}]+`, 'g');
const NOTHING = new RegExp(`^[${ACCENT_CLASS}${INVISIBLE_CLASS}]$`);
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');
/** Marks that may melt into what stands before them, and the letters of which Hangul is put together. */
const MELTING = /^[\p{M}\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]$/u;
const WORD = /^[\p{L}\p{N}\p{M}]+$/u;
/** Scripts that are written without spaces, and Hangul, whose particles hang on the words. */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}々〆ー]$/u;

/** One spelling for what people take to be the same: case, accents, widths and ligatures are folded. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter);
}

/** What becomes of a character within a text: a letter or digit (its number), or one of these. */
export const ENDS_WORD = 0;
export const DROPPED = -1;
/** A character of a script without spaces, as it is. */
export const JOINED = -2;
/** It becomes several characters, see `foldCharacter`. */
export const SPELLED = -3;
/** What becomes of it depends on the character before it: the whole text is to be folded first. */
export const DEPENDS = -4;

const UNKNOWN = -9;
const known = new Int32Array(0x1_0000).fill(UNKNOWN);

/** How a character of the Basic Multilingual Plane stands in a word; see above. */
export function classify(code: number): number {
  const found = known[code] ?? SPELLED;
  if (found !== UNKNOWN) return found;
  const kind = decide(String.fromCharCode(code));
  known[code] = kind;
  return kind;
}

function decide(character: string): number {
  if (NOTHING.test(character)) return DROPPED;
  const folded = foldText(character);
  if (MELTING.test(character) || MELTING.test(folded)) return DEPENDS;
  if (folded.length > 1) return SPELLED;
  if (!WORD.test(folded)) return ENDS_WORD;
  if (!UNSPACED.test(folded)) return folded.charCodeAt(0);
  return folded === character ? JOINED : SPELLED;
}

const spelled = new Map<number, string>();

/** A character folded, what is no letter or digit of it as spaces. */
export function foldCharacter(code: number): string {
  const found = spelled.get(code);
  if (found !== undefined) return found;
  const folded = foldText(String.fromCodePoint(code)).replace(/[^\p{L}\p{N}\p{M}]/gu, ' ');
  if (spelled.size < 10_000) spelled.set(code, folded);
  return folded;
}

export function isUnspaced(character: string): boolean {
  return UNSPACED.test(character);
}
