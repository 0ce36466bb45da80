import { AMERICAN } from './american.ts';
import { EASTERN } from './eastern.ts';
import { EUROPEAN } from './european.ts';
import { GERMAN } from './german.ts';
import type { Provider } from './provider.ts';
import { MICROSOFT, WORLDWIDE } from './worldwide.ts';

/** Every provider that Valija knows. A new one is an entry in the file of its region; `test/common/providers` checks it. */
export const PROVIDERS: readonly Provider[] = [
  MICROSOFT,
  ...WORLDWIDE,
  ...AMERICAN,
  ...GERMAN,
  ...EUROPEAN,
  ...EASTERN,
];
