import type { CommandEntry } from '../table.ts';

const ONE = { words: ['USER'], options: {} } as const;

/** The commands of the group `user`: for administrators, and within their groups for those who look after some. */
export const USER_COMMANDS = {
  'user list': {
    words: ['QUERY…?'],
    options: { group: 'text', state: 'text', limit: 'text', after: 'text' },
    load: async () => await import('./list.ts'),
  },
  'user show': { ...ONE, load: async () => await import('./show.ts') },
  'user add': {
    words: ['NAME'],
    options: {
      'display-name': 'text',
      group: 'text',
      email: 'text',
      language: 'text',
      'initial-password-file': 'text',
    },
    load: async () => await import('./add.ts'),
  },
  'user invite': { ...ONE, load: async () => await import('./invite.ts') },
  'user edit': {
    words: ['USER'],
    options: { 'display-name': 'text', email: 'text' },
    load: async () => await import('./edit.ts'),
  },
  'user import': {
    words: ['FILE'],
    options: { 'dry-run': 'flag', 'new-codes': 'flag', codes: 'text' },
    load: async () => await import('./import.ts'),
  },
  'user disable': { ...ONE, load: async () => await import('./disable.ts') },
  'user enable': { ...ONE, load: async () => await import('./enable.ts') },
  'user remove': {
    words: ['USER'],
    options: { 'keep-days': 'text', now: 'flag' },
    load: async () => await import('./remove.ts'),
  },
  'user restore': { ...ONE, load: async () => await import('./restore.ts') },
  'user reset': {
    words: ['USER'],
    options: { hand: 'flag', mail: 'flag', 'also-factors': 'flag', withdraw: 'flag' },
    load: async () => await import('./reset.ts'),
  },
  'user approve': { words: ['USER?'], options: {}, load: async () => await import('./approve.ts') },
  'user admin': { words: ['USER'], options: { off: 'flag' }, load: async () => await import('./admin.ts') },
  'user group': {
    words: ['USER', 'GROUP?'],
    options: { none: 'flag' },
    load: async () => await import('./group.ts'),
  },
} as const satisfies Record<string, CommandEntry>;
