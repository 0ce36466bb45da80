import type { CommandEntry } from './table.ts';

/** Settings that say which data is meant, as `serve` takes them. */
const PLACE = { data: 'text', 'env-file': 'text' } as const;
const STORE = { ...PLACE, database: 'text' } as const;

/** Commands on a data directory: launch/ brings what they do. */
export const OPERATOR_COMMANDS = {
  'store verify': { options: STORE, load: null },
  'store repair': { options: STORE, load: null },
  'store compact': { options: STORE, load: null },
  'migrate-database': {
    options: { ...PLACE, from: 'text', to: 'text' },
    required: ['from', 'to'],
    load: null,
  },
  'master-key rotate': {
    options: { ...PLACE, 'new-key-file': 'text', 'data-keys': 'flag', 'no-wait': 'flag' },
    load: null,
  },
  'master-key status': { options: PLACE, load: null },
  'master-key cancel': { options: PLACE, load: null },
  backup: {
    options: { ...STORE, user: 'text', all: 'flag', out: 'text', verify: 'text', 'passphrase-file': 'text' },
    load: null,
  },
  restore: {
    options: {
      ...STORE,
      from: 'text',
      user: 'text',
      at: 'text',
      replace: 'flag',
      list: 'flag',
      'passphrase-file': 'text',
    },
    required: ['from'],
    load: null,
  },
} as const satisfies Record<string, CommandEntry>;
