import type { Language } from '../../common/shapes/profile.ts';
import { en } from './en.ts';
import { es } from './es.ts';

export type Words = Record<keyof typeof en, string>;

/** What the command line says to people, apart from help and errors. */
export const WORDS: Record<Language, Words> = { en, es };

/** Fills `{name}` places. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
