import { isUnspaced } from './fold.ts';
import { WordWriter } from './word-writer.ts';

const writer = new WordWriter();

/** The words of a text as they are indexed, in their order; see WordWriter. */
export function listWords(text: string): string[] {
  writer.write(Buffer.from(text));
  const words = writer.take().toString();
  return words === '' ? [] : words.split(' ');
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
  const single = last !== undefined && Array.from(last).length === 1 && isUnspaced(last);
  // The last character of a run stands alone only where the run ends; its pair with the one before says enough.
  if (single && words.length > 1 && isPairEnd(words.at(-2) ?? '', last)) {
    return { words: words.slice(0, -1), prefix: false };
  }
  return { words, prefix: single };
}

function isPairEnd(pair: string, last: string): boolean {
  const characters = Array.from(pair);
  return characters.length === 2 && characters[1] === last && isUnspaced(characters[0] ?? '');
}
