import type { Entry } from '../text.ts';

export const en = {
  trying: 'Trying again…',
  meanwhile:
    'Mail that you have opened can be read, and you can go on writing: it is saved as soon as the server answers.',
  now: 'Try now',
} as const satisfies Record<string, Entry>;
