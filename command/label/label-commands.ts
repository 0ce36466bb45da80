import type { CommandEntry } from '../table.ts';
import { SELECTION_OPTIONS } from '../mail/selection-options.ts';

export const LABEL_COMMANDS = {
  label: {
    words: ['ID…?'],
    options: { add: 'texts', remove: 'texts', ...SELECTION_OPTIONS },
    load: async () => await import('./label.ts'),
  },
  'label list': { options: {}, load: async () => await import('./list.ts') },
  'label add': { words: ['NAME'], options: { colour: 'text' }, load: async () => await import('./add.ts') },
  'label rename': { words: ['NAME', 'NEW'], options: {}, load: async () => await import('./rename.ts') },
  'label remove': { words: ['NAME'], options: {}, load: async () => await import('./remove.ts') },
} as const satisfies Record<string, CommandEntry>;
