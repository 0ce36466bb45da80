import type { CommandEntry } from '../table.ts';

const POP3_OPTIONS = {
  'pop3-host': 'text',
  'pop3-port': 'text',
  'pop3-tls': 'text',
  'pop3-user': 'text',
  'pop3-password-file': 'text',
  'pop3-auth': 'text',
} as const;
/** What `account add` and `account edit` can say of an account. */
export const ACCOUNT_OPTIONS = {
  email: 'text',
  name: 'text',
  ...POP3_OPTIONS,
  keep: 'text',
  interval: 'text',
  'signed-in-only': 'flag',
  'signed-out-too': 'flag',
  send: 'text',
  'smtp-host': 'text',
  'smtp-port': 'text',
  'smtp-tls': 'text',
  'smtp-user': 'text',
  'smtp-auth': 'text',
  'smtp-password-file': 'text',
} as const;
const SIGN_IN_OPTIONS = { device: 'flag', provider: 'text' } as const;

/** The commands of the group `account`. */
export const ACCOUNT_COMMANDS = {
  'account add': {
    options: { ...ACCOUNT_OPTIONS, oauth: 'flag', ...SIGN_IN_OPTIONS, 'no-test': 'flag' },
    required: ['email'],
    load: async () => await import('./add.ts'),
  },
  'account list': { options: {}, load: async () => await import('./list.ts') },
  'account show': { words: ['ID'], options: {}, load: async () => await import('./show.ts') },
  'account discover': {
    options: { email: 'text' },
    required: ['email'],
    load: async () => await import('./discover.ts'),
  },
  'account timeline': {
    words: ['ID'],
    options: { limit: 'text', before: 'text', user: 'text' },
    load: async () => await import('./timeline.ts'),
  },
  'account edit': {
    words: ['ID'],
    options: { ...ACCOUNT_OPTIONS, 'confirm-delete': 'text' },
    load: async () => await import('./edit.ts'),
  },
  'account retention': {
    words: ['ID'],
    options: { keep: 'text' },
    required: ['keep'],
    load: async () => await import('./retention.ts'),
  },
  'account test': { words: ['ID'], options: {}, load: async () => await import('./test.ts') },
  'account sign-in': {
    words: ['ID'],
    options: SIGN_IN_OPTIONS,
    load: async () => await import('./sign-in.ts'),
  },
  'account pause': { words: ['ID'], options: {}, load: async () => await import('./pause.ts') },
  'account resume': { words: ['ID'], options: {}, load: async () => await import('./resume.ts') },
  'account remove': { words: ['ID'], options: {}, load: async () => await import('./remove.ts') },
} as const satisfies Record<string, CommandEntry>;
