import type { CommandEntry } from '../table.ts';

/** The commands of the group `app-password`. */
export const APP_PASSWORD_COMMANDS = {
  'app-password list': { options: {}, load: async () => await import('./list.ts') },
  'app-password add': { words: ['NAME'], options: {}, load: async () => await import('./add.ts') },
  'app-password remove': { words: ['ID'], options: {}, load: async () => await import('./remove.ts') },
} as const satisfies Record<string, CommandEntry>;
