import type { CommandEntry } from '../table.ts';

/** For who has lost the password, and the address that helps then. */
export const RESET_COMMANDS = {
  forgot: { words: ['NAME?'], options: {}, load: async () => await import('./forgot.ts') },
  redeem: { words: ['NAME?'], options: { code: 'text' }, load: async () => await import('./redeem.ts') },
  'second-address show': { options: {}, load: async () => await import('./show.ts') },
  'second-address set': { words: ['ADDRESS'], options: {}, load: async () => await import('./set.ts') },
  'second-address prove': {
    words: ['ADDRESS'],
    options: { code: 'text' },
    required: ['code'],
    load: async () => await import('./prove.ts'),
  },
  'second-address remove': { options: {}, load: async () => await import('./remove.ts') },
} as const satisfies Record<string, CommandEntry>;
