import type { CommandEntry } from '../table.ts';

/** The commands of those who look after others: `health`, `audit`, `alert`. */
export const WATCH_COMMANDS = {
  health: {
    options: {
      state: 'text',
      troubled: 'flag',
      provider: 'text',
      host: 'text',
      group: 'text',
      code: 'text',
      find: 'text',
      limit: 'text',
      after: 'text',
    },
    load: async () => await import('./health.ts'),
  },
  'health providers': { options: {}, load: async () => await import('./providers.ts') },
  'health retry': {
    words: ['ID…?'],
    options: { provider: 'text', host: 'text', refused: 'flag' },
    load: async () => await import('./retry.ts'),
  },
  'health mend': {
    words: ['HOST'],
    options: { to: 'text', port: 'text', tls: 'text', confirm: 'text', 'dry-run': 'flag' },
    required: ['port', 'tls'],
    load: async () => await import('./mend.ts'),
  },
  'audit list': {
    options: {
      actor: 'text',
      action: 'text',
      subject: 'text',
      from: 'text',
      to: 'text',
      limit: 'text',
      before: 'text',
    },
    load: async () => await import('./audit-list.ts'),
  },
  'audit verify': { options: {}, load: async () => await import('./audit-verify.ts') },
  'audit export': {
    options: { actor: 'text', action: 'text', subject: 'text', from: 'text', to: 'text', out: 'text' },
    load: async () => await import('./audit-export.ts'),
  },
  'alert list': { options: { all: 'flag' }, load: async () => await import('./alert-list.ts') },
  'alert set': {
    words: ['KIND'],
    options: { threshold: 'text', off: 'flag' },
    load: async () => await import('./alert-set.ts'),
  },
  'alert tell': { words: ['ADDRESS'], options: {}, load: async () => await import('./alert-tell.ts') },
  'alert forget': { words: ['ID'], options: {}, load: async () => await import('./alert-forget.ts') },
  'alert test': { words: ['ID'], options: {}, load: async () => await import('./alert-test.ts') },
} as const satisfies Record<string, CommandEntry>;
