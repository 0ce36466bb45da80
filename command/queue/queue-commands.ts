import type { CommandEntry, LoadRun } from '../table.ts';
import type { QueueAction } from './change.ts';

function change(action: QueueAction) {
  const load: LoadRun = async () => (await import('./change.ts')).QUEUE_CHANGES[action];
  return { words: ['ID…'], options: {}, load } as const;
}

/** The commands of the group `queue`. */
export const QUEUE_COMMANDS = {
  'queue list': {
    options: { limit: 'text', after: 'text' },
    load: async () => await import('./list.ts'),
  },
  'queue show': { words: ['ID'], options: {}, load: async () => await import('./show.ts') },
  'queue hold': change('hold'),
  'queue release': change('release'),
  'queue retry': change('retry'),
  'queue cancel': change('cancel'),
} as const satisfies Record<string, CommandEntry>;
