import { SELECTION_OPTIONS } from '../mail/selection-options.ts';
import type { CommandEntry } from '../table.ts';

/** The commands of the group `snooze`. */
export const SNOOZE_COMMANDS = {
  snooze: {
    words: ['ID…?'],
    options: { until: 'text', ...SELECTION_OPTIONS },
    required: ['until'],
    load: async () => await import('./snooze.ts'),
  },
  'snooze list': { options: {}, load: async () => await import('./list.ts') },
  'snooze end': { words: ['ID…'], options: {}, load: async () => await import('./end.ts') },
} as const satisfies Record<string, CommandEntry>;
