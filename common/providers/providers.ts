import { AMERICAN } from './american.ts';
import { EASTERN } from './eastern.ts';
import { EUROPEAN } from './european.ts';
import { GERMAN } from './german.ts';
import { HOSTING } from './hosting.ts';
import { LATIN } from './latin.ts';
import { MICROSOFT } from './microsoft.ts';
import type { Provider } from './provider.ts';
import { WORLDWIDE } from './worldwide.ts';

/** Every provider that Valija knows. A new one is an entry in the file of its region; `test/common/providers` checks it. */
export const PROVIDERS: readonly Provider[] = [
  MICROSOFT,
  ...WORLDWIDE,
  ...LATIN,
  ...AMERICAN,
  ...GERMAN,
  ...EUROPEAN,
  ...EASTERN,
  ...HOSTING,
];
