import type { CommandEntry } from '../table.ts';

/** The commands of the group `lab`: computers that many people use. */
export const LAB_COMMANDS = {
  'lab room list': { options: {}, load: async () => await import('./room-list.ts') },
  'lab room set': {
    words: ['NAME'],
    options: { network: 'texts', forced: 'flag', 'not-forced': 'flag' },
    load: async () => await import('./room-set.ts'),
  },
  'lab room remove': { words: ['NAME'], options: {}, load: async () => await import('./room-remove.ts') },
  'lab log': {
    options: { room: 'text', pc: 'text', user: 'text', limit: 'text', after: 'text' },
    load: async () => await import('./log.ts'),
  },
} as const satisfies Record<string, CommandEntry>;
