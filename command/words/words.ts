import type { Language } from '../../common/shapes/profile.ts';
import { en } from './en.ts';
import { es } from './es.ts';

export type Words = Record<keyof typeof en, string>;

/** What the command line says to people, apart from help and errors. */
export const WORDS: Record<Language, Words> = { en, es };

/** Fills `{name}` places; `{n|mail|mails}` is the number with the word for one, or for none and several. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g,
    (place, name: string, one?: string, many?: string) => {
      const value = String(values[name] ?? place);
      return one === undefined ? value : `${value} ${value === '1' ? one : many}`;
    },
  );
}

export type TranslatedKind =
  'state' | 'tls' | 'auth' | 'way' | 'proof' | 'dkim' | 'decided' | 'tlsPolicy' | 'policy' | 'aligned';

/** A word of the contract, such as a state, as people read it; one that the tables do not know stays as it is. */
export function translate(words: Words, kind: TranslatedKind, word: string): string {
  const key = `${kind}/${word}`;
  return isKnown(words, key) ? words[key] : word;
}

function isKnown(words: Words, key: string): key is keyof Words {
  return Object.hasOwn(words, key);
}
