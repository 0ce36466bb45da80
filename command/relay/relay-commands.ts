import type { CommandEntry } from '../table.ts';

/** What is paused, or goes on. */
const TARGET = { all: 'flag', destination: 'text', account: 'text' } as const;

/** The commands of the group `relay`. */
export const RELAY_COMMANDS = {
  'relay status': { options: {}, load: async () => await import('./status.ts') },
  'relay pause': {
    options: { ...TARGET, reason: 'text' },
    load: async () => await import('./pause.ts'),
  },
  'relay resume': { options: TARGET, load: async () => await import('./resume.ts') },
  'relay dkim': {
    words: ['DOMAIN'],
    options: { new: 'flag', algorithm: 'text', remove: 'text' },
    load: async () => await import('./dkim.ts'),
  },
} as const satisfies Record<string, CommandEntry>;
