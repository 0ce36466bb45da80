import type { CommandEntry } from '../table.ts';

/** The commands of the group `send-limit`. */
export const SEND_LIMIT_COMMANDS = {
  'send-limit list': { options: {}, load: async () => await import('./list.ts') },
  'send-limit set': {
    words: ['USER'],
    options: { 'per-hour': 'text', recipients: 'text', size: 'text' },
    load: async () => await import('./set.ts'),
  },
  'send-limit remove': { words: ['USER'], options: {}, load: async () => await import('./remove.ts') },
} as const satisfies Record<string, CommandEntry>;
