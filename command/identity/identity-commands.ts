import type { CommandEntry } from '../table.ts';

const FIELDS = {
  name: 'text',
  'reply-to': 'text',
  signature: 'text',
  'signature-html': 'text',
  default: 'flag',
} as const;

/** The commands of the group `identity`. */
export const IDENTITY_COMMANDS = {
  'identity list': { options: {}, load: async () => await import('./list.ts') },
  'identity add': {
    words: ['ADDRESS'],
    options: { account: 'text', ...FIELDS },
    required: ['account'],
    load: async () => await import('./add.ts'),
  },
  'identity edit': {
    words: ['IDENTITY'],
    options: { address: 'text', account: 'text', ...FIELDS },
    load: async () => await import('./edit.ts'),
  },
  'identity remove': { words: ['IDENTITY…'], options: {}, load: async () => await import('./remove.ts') },
} as const satisfies Record<string, CommandEntry>;
