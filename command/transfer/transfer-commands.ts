import type { CommandEntry } from '../table.ts';

/** What takes mail and profiles in and out. */
export const TRANSFER_COMMANDS = {
  import: {
    words: ['FILE'],
    options: { mailbox: 'text' },
    load: async () => await import('./import.ts'),
  },
  export: {
    options: { format: 'text', out: 'text', mailbox: 'text', query: 'text' },
    required: ['format', 'out'],
    load: async () => await import('./export.ts'),
  },
  'profile export': {
    options: { out: 'text', 'with-secrets': 'flag', 'passphrase-file': 'text' },
    load: async () => await import('./profile-export.ts'),
  },
  'profile import': {
    words: ['FILE'],
    options: { 'passphrase-file': 'text' },
    load: async () => await import('./profile-import.ts'),
  },
  'profile history': {
    options: { since: 'text', before: 'text', limit: 'text' },
    load: async () => await import('./profile-history.ts'),
  },
  'profile undo': {
    words: ['REVISION', 'ID…?'],
    options: {},
    load: async () => await import('./profile-undo.ts'),
  },
  'profile restore': {
    options: { at: 'text', revision: 'text', 'dry-run': 'flag' },
    load: async () => await import('./profile-restore.ts'),
  },
} as const satisfies Record<string, CommandEntry>;
