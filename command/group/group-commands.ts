import type { CommandEntry } from '../table.ts';

/** The commands of the group `group`: groups of users. */
export const GROUP_COMMANDS = {
  'group list': { options: {}, load: async () => await import('./list.ts') },
  'group add': { words: ['NAME'], options: {}, load: async () => await import('./add.ts') },
  'group rename': { words: ['GROUP', 'NAME'], options: {}, load: async () => await import('./rename.ts') },
  'group remove': { words: ['GROUP'], options: {}, load: async () => await import('./remove.ts') },
  'group admin': {
    words: ['GROUP'],
    options: { add: 'texts', remove: 'texts' },
    load: async () => await import('./admin.ts'),
  },
} as const satisfies Record<string, CommandEntry>;
