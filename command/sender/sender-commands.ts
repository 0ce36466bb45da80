import type { CommandEntry } from '../table.ts';

/** The commands of the group `sender`. */
export const SENDER_COMMANDS = {
  'sender list': { options: {}, load: async () => await import('./list.ts') },
  'sender verify': {
    words: ['ADDRESS'],
    options: { code: 'text' },
    load: async () => await import('./verify.ts'),
  },
} as const satisfies Record<string, CommandEntry>;
