import type { CommandEntry } from '../table.ts';

/** The commands of the group `suppression`. */
export const SUPPRESSION_COMMANDS = {
  'suppression list': { options: {}, load: async () => await import('./list.ts') },
  'suppression remove': { words: ['ADDRESS…'], options: {}, load: async () => await import('./remove.ts') },
} as const satisfies Record<string, CommandEntry>;
