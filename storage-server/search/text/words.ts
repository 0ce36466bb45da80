import { listStems } from './stems.ts';

/** Longer runs of letters and digits are no words: keys, encoded data. */
const LONGEST_WORD = 64;
/** Scripts that are written without spaces, and Hangul, whose particles hang on the words. */
const UNSPACED_CLASS =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}々〆ー';
const UNSPACED = new RegExp(`[${UNSPACED_CLASS}]`, 'u');
const RUNS = new RegExp(`[${UNSPACED_CLASS}]+|[^${UNSPACED_CLASS}]+`, 'gu');
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const ASCII = /^[\u0000-\u007f]*$/;
const ASCII_WORD = /[a-z0-9]+/g;
/** Accents of Latin, Greek and Cyrillic, points of Hebrew, vowels of Arabic; marks that make other letters stay. */
const ACCENTS =
  /(?:[\u0300-\u036f]|[\u0483-\u0487]|[\u0591-\u05c7]|[\u0610-\u061a]|\u0640|[\u064b-\u065f]|\u0670)+/g;
/** They stand in the middle of words and show nothing. */
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]+/g;
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

/** A word as it was written, and what is indexed of it. */
interface Entry {
  words: readonly string[];
  stems: readonly string[];
  /** The last text that had it. */
  text: number;
}

/** Mails repeat their words: each is folded and cut to its stem once. */
const kept = new Map<string, Entry>();
const MOST_KEPT = 20_000;
let texts = 0;

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

/**
 * The words of a text as they are indexed, in their order, and their stems, each once. A run without spaces becomes
 * its pairs of characters and its last character, so that any part of it can be found: `東京都` is `東京 京都 都`.
 */
export function readWords(text: string): { words: string[]; stems: string[] } {
  const lower = text.toLowerCase();
  const found = ASCII.test(lower) ? lower.match(ASCII_WORD) : lower.replace(INVISIBLE, '').match(WORD);
  const words: string[] = [];
  const stems: string[] = [];
  texts += 1;
  for (const written of found ?? []) {
    const entry = kept.get(written) ?? keep(written);
    for (const word of entry.words) words.push(word);
    if (entry.text === texts) continue;
    entry.text = texts;
    for (const stem of entry.stems) stems.push(stem);
  }
  return { words, stems };
}

export function listWords(text: string): string[] {
  return readWords(text).words;
}

function keep(written: string): Entry {
  const words = (foldText(written).match(WORD) ?? []).flatMap(cutWord);
  const entry = { words, stems: words.flatMap(listStems), text: 0 };
  if (written.length > LONGEST_WORD) return entry;
  if (kept.size >= MOST_KEPT) kept.clear();
  // The piece alone: else all of the text that it was cut from stays with it.
  kept.set(Buffer.from(written).toString(), entry);
  return entry;
}

function cutWord(word: string): string[] {
  if (!UNSPACED.test(word)) return word.length > LONGEST_WORD ? [] : [word];
  return (word.match(RUNS) ?? []).flatMap((run) => {
    if (!UNSPACED.test(run)) return run.length > LONGEST_WORD ? [] : [run];
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
