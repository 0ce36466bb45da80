/** Longer runs of letters and digits are no words: keys, encoded data. */
const LONGEST_WORD = 64;
/** Scripts that are written without spaces, and Hangul, whose particles hang on the words. */
const UNSPACED_CLASS =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}々〆ー';
const UNSPACED = new RegExp(`[${UNSPACED_CLASS}]`, 'u');
const RUNS = new RegExp(`[${UNSPACED_CLASS}]+|[^${UNSPACED_CLASS}]+`, 'gu');
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const ASCII = /^[\u0000-\u007f]*$/;
/** Accents of Latin, Greek and Cyrillic, points of Hebrew, vowels of Arabic; marks that make other letters stay. */
const ACCENTS =
  /(?:[\u0300-\u036f]|[\u0483-\u0487]|[\u0591-\u05c7]|[\u0610-\u061a]|\u0670|[\u0640\u00ad\u2060\ufeff]|[\u064b-\u065f]|[\u200b-\u200d])+/g;
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

/** One spelling for what people take to be the same: case, accents, widths and ligatures are folded. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter);
}

/**
 * The words of a text as they are indexed, in their order. A run without spaces becomes its pairs of characters and its
 * last character, so that any part of it can be found: `東京都` is `東京 京都 都`.
 */
export function listWords(text: string): string[] {
  const words = foldText(text).match(WORD) ?? [];
  if (!UNSPACED.test(text)) return words.some(isTooLong) ? words.filter((word) => !isTooLong(word)) : words;
  return words.flatMap((word) => (UNSPACED.test(word) ? cutRuns(word) : isTooLong(word) ? [] : [word]));
}

function isTooLong(word: string): boolean {
  return word.length > LONGEST_WORD;
}

function cutRuns(word: string): string[] {
  return (word.match(RUNS) ?? []).flatMap((run) => {
    if (!UNSPACED.test(run)) return isTooLong(run) ? [] : [run];
    const characters = Array.from(run);
    return characters.map((character, index) => `${character}${characters[index + 1] ?? ''}`);
  });
}

/** What somebody looks for: `words` stand side by side; of the last any word that begins with it, if `prefix`. */
export interface Sought {
  words: string[];
  prefix: boolean;
}

/** The words to look for behind each other to find `text` within another. */
export function seekWords(text: string): Sought {
  const words = listWords(text);
  const last = words.at(-1);
  const single = last !== undefined && Array.from(last).length === 1 && UNSPACED.test(last);
  // The last character of a run stands alone only where the run ends; its pair with the one before says enough.
  if (single && words.length > 1 && isPairEnd(words.at(-2) ?? '', last)) {
    return { words: words.slice(0, -1), prefix: false };
  }
  return { words, prefix: single };
}

function isPairEnd(pair: string, last: string): boolean {
  const characters = Array.from(pair);
  return characters.length === 2 && characters[1] === last && UNSPACED.test(characters[0] ?? '');
}
