import type { CommandEntry } from '../table.ts';

/** What a user does so that nobody else gets in. */
export const SECURITY_COMMANDS = {
  'password change': {
    options: { 'end-others': 'flag', 'end-apps': 'flag' },
    load: async () => await import('./change-password.ts'),
  },
  'factor list': { options: {}, load: async () => await import('./list-factors.ts') },
  'factor recovery': { options: {}, load: async () => await import('./renew-recovery.ts') },
  'totp add': {
    options: { begin: 'flag', ticket: 'text', code: 'text' },
    load: async () => await import('./add-totp.ts'),
  },
  'totp remove': { options: {}, load: async () => await import('./remove-totp.ts') },
  'passkey rename': {
    words: ['ID', 'NAME'],
    options: {},
    load: async () => await import('./rename-passkey.ts'),
  },
  'passkey remove': { words: ['ID'], options: {}, load: async () => await import('./remove-passkey.ts') },
  'session notes': { options: {}, load: async () => await import('./list-notes.ts') },
} as const satisfies Record<string, CommandEntry>;
