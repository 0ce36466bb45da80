import type { Entry } from '../text.ts';

export const en = {
  'idle-title': 'Are you still there?',
  'idle-left': {
    one: 'Valija signs you out in {n} second. What you are writing is saved first.',
    other: 'Valija signs you out in {n} seconds. What you are writing is saved first.',
  },
  'idle-stay': 'Stay signed in',
} as const satisfies Record<string, Entry>;
