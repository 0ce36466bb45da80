import type { CommandEntry } from '../table.ts';

/** Whose: without either the organisation's. */
export const PLACE_OPTIONS = { organisation: 'flag', group: 'text' } as const;

/** The commands of the group `policy`. */
export const POLICY_COMMANDS = {
  'policy show': { options: PLACE_OPTIONS, load: async () => await import('./show.ts') },
  'policy set': {
    words: ['SETTING=VALUE…'],
    options: PLACE_OPTIONS,
    load: async () => await import('./set.ts'),
  },
} as const satisfies Record<string, CommandEntry>;
