import type { Preferences } from '../../../../../common/shapes/profile.ts';

/** Preferences that make sense for many: what is chosen among few values, or said by yes or no. */
export const GIVEN_PREFERENCES = [
  'language',
  'theme',
  'density',
  'timeZone',
  'undoSeconds',
  'keys',
  'conversations',
  'showCopies',
  'collect',
  'trashDays',
  'junkDays',
] as const satisfies readonly (keyof Preferences)[];
export type GivenPreference = (typeof GIVEN_PREFERENCES)[number];

/** Values that can be chosen; null: yes or no. The first is what a new item begins with. */
const CHOICES: Record<GivenPreference, readonly (string | number | null)[] | null> = {
  language: ['en', 'es'],
  theme: ['system', 'light', 'dark'],
  density: ['comfortable', 'normal', 'compact'],
  timeZone: [null, ...Intl.supportedValuesOf('timeZone')],
  undoSeconds: [8, 0, 5, 15, 30, 60],
  keys: null,
  conversations: null,
  showCopies: null,
  collect: null,
  trashDays: [30, 7, 90, 365, null],
  junkDays: [30, 7, 90, 365, null],
};

export function isGivenPreference(key: string): key is GivenPreference {
  return (GIVEN_PREFERENCES as readonly string[]).includes(key);
}

/** Those that can be chosen for a preference; one that the command line set stands among them. */
export function listChoices(key: GivenPreference, current: unknown): unknown[] {
  const choices: readonly unknown[] = CHOICES[key] ?? [true, false];
  return choices.includes(current) || current === undefined ? [...choices] : [current, ...choices];
}
