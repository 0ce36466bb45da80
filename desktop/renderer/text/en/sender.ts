import type { Entry } from '../text.ts';

export const en = {
  answered: 'The mail that you answer came to {address}.',
  written: 'Until now you wrote to {person} as {address}.',
  use: 'Write as {address}',
  keep: 'Keep this sender',
} as const satisfies Record<string, Entry>;
