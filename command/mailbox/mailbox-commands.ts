import type { CommandEntry } from '../table.ts';

export const MAILBOX_COMMANDS = {
  'mailbox list': { options: {}, load: async () => await import('./list.ts') },
  'mailbox create': { words: ['PATH'], options: {}, load: async () => await import('./create.ts') },
  'mailbox rename': {
    words: ['MAILBOX', 'PATH'],
    options: {},
    load: async () => await import('./rename.ts'),
  },
  'mailbox remove': {
    words: ['MAILBOX'],
    options: { 'with-children': 'flag' },
    load: async () => await import('./remove.ts'),
  },
  'mailbox empty': { words: ['MAILBOX'], options: {}, load: async () => await import('./empty.ts') },
} as const satisfies Record<string, CommandEntry>;
