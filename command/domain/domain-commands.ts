import type { CommandEntry } from '../table.ts';

/** The commands of the group `domain`. */
export const DOMAIN_COMMANDS = {
  'domain list': { options: {}, load: async () => await import('./list.ts') },
  'domain add': {
    words: ['DOMAIN'],
    options: { user: 'texts' },
    load: async () => await import('./add.ts'),
  },
  'domain remove': { words: ['DOMAIN'], options: {}, load: async () => await import('./remove.ts') },
} as const satisfies Record<string, CommandEntry>;
