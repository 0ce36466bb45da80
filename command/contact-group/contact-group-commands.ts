import type { CommandEntry } from '../table.ts';

/** The commands of the group `contact-group`. */
export const CONTACT_GROUP_COMMANDS = {
  'contact-group list': { options: {}, load: async () => await import('./list.ts') },
  'contact-group add': {
    words: ['NAME'],
    options: { member: 'texts' },
    load: async () => await import('./add.ts'),
  },
  'contact-group edit': {
    words: ['NAME'],
    options: { name: 'text', member: 'texts' },
    load: async () => await import('./edit.ts'),
  },
  'contact-group remove': { words: ['NAME…'], options: {}, load: async () => await import('./remove.ts') },
} as const satisfies Record<string, CommandEntry>;
