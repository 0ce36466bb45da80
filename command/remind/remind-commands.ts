import type { CommandEntry } from '../table.ts';

/** The commands of the group `remind`. */
export const REMIND_COMMANDS = {
  'remind set': {
    words: ['ID'],
    options: { at: 'text', 'unless-answered': 'flag' },
    required: ['at'],
    load: async () => await import('./set.ts'),
  },
  'remind list': { options: {}, load: async () => await import('./list.ts') },
  'remind cancel': { words: ['ID'], options: {}, load: async () => await import('./cancel.ts') },
  'remind done': { words: ['ID'], options: {}, load: async () => await import('./done.ts') },
} as const satisfies Record<string, CommandEntry>;
