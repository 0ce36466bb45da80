import type { Language } from '../../../common/shapes/profile.ts';
import { makeStore, useStore } from '../parts/store.ts';

/** A sentence, or its plural forms by `n` (CLDR categories; `other` always stands). `{name}` is a place for a value. */
export type Entry = string | { one: string; other: string; many?: string; zero?: string };
export type Table<Key extends string> = Record<Key, Entry>;
export interface Texts<Key extends string> {
  en: Table<Key>;
  es: Table<Key>;
}
export type Values = Record<string, string | number>;
export type Say<Key extends string> = (key: Key, values?: Values) => string;

/** Every language, named in itself. */
export const LANGUAGE_NAMES: readonly [Language, string][] = [
  ['en', 'English'],
  ['es', 'Español'],
];

/** The language of the screens. The profile's wins once it is known; before, it is the browser's. */
export const languageStore = makeStore<Language>(guessLanguage());

export function guessLanguage(): Language {
  const wanted = typeof navigator === 'undefined' ? [] : navigator.languages;
  for (const tag of wanted) {
    if (tag.startsWith('es')) return 'es';
    if (tag.startsWith('en')) return 'en';
  }
  return 'en';
}

/** The two tables of one view; the English one decides which keys there are. */
export function defineTexts<Key extends string>(en: Table<Key>, es: NoInfer<Table<Key>>): Texts<Key> {
  return { en, es };
}

/** `t` of one view in the language of the screens; it changes with it. */
export function useText<Key extends string>(texts: Texts<Key>): Say<Key> {
  return sayIn(texts, useStore(languageStore));
}

/** The same outside of components: notices, status lines. */
export function say<Key extends string>(texts: Texts<Key>, key: Key, values?: Values): string {
  return sayIn(texts, languageStore.get())(key, values);
}

const said = new WeakMap<object, Partial<Record<Language, Say<string>>>>();

export function sayIn<Key extends string>(texts: Texts<Key>, language: Language): Say<Key> {
  const known = said.get(texts) ?? {};
  said.set(texts, known);
  known[language] ??= ((key: Key, values: Values = {}) =>
    fillPlaces(pickForm(texts[language][key], values['n'], language), values, language)) as Say<string>;
  return known[language];
}

const plurals = new Map<Language, Intl.PluralRules>();

function pickForm(entry: Entry, n: string | number | undefined, language: Language): string {
  if (typeof entry === 'string') return entry;
  // English and Spanish count nothing as many; where a sentence of its own says it better, there is one.
  if (entry.zero !== undefined && Number(n ?? 0) === 0) return entry.zero;
  const rules = plurals.get(language) ?? new Intl.PluralRules(language);
  plurals.set(language, rules);
  return entry[rules.select(Number(n ?? 0)) as 'one' | 'other' | 'many'] ?? entry.other;
}

function fillPlaces(sentence: string, values: Values, language: Language): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    if (value === undefined) return place;
    return typeof value === 'number' ? value.toLocaleString(language) : value;
  });
}
