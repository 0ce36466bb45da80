import type { CommandEntry } from '../table.ts';

const TEXTS = { subject: 'text', text: 'text', html: 'text' } as const;

/** The commands of the group `template`. */
export const TEMPLATE_COMMANDS = {
  'template list': { options: {}, load: async () => await import('./list.ts') },
  'template show': { words: ['NAME'], options: {}, load: async () => await import('./show.ts') },
  'template add': { words: ['NAME'], options: TEXTS, load: async () => await import('./add.ts') },
  'template edit': {
    words: ['NAME'],
    options: { name: 'text', ...TEXTS },
    load: async () => await import('./edit.ts'),
  },
  'template remove': { words: ['NAME…'], options: {}, load: async () => await import('./remove.ts') },
} as const satisfies Record<string, CommandEntry>;
