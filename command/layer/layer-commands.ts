import { ACCOUNT_OPTIONS } from '../account/account-commands.ts';
import { PLACE_OPTIONS } from '../policy/policy-commands.ts';
import type { CommandEntry } from '../table.ts';

const { 'pop3-password-file': _pop3, 'smtp-password-file': _smtp, ...TEMPLATE_OPTIONS } = ACCOUNT_OPTIONS;
const ITEM_OPTIONS = {
  ...PLACE_OPTIONS,
  ...TEMPLATE_OPTIONS,
  'reply-to': 'text',
  'signature-file': 'text',
  'signature-html-file': 'text',
  script: 'text',
  position: 'text',
  value: 'text',
  'value-file': 'text',
  locked: 'text',
} as const;

/** The commands of the group `layer`: what organisation and groups give to their users. */
export const LAYER_COMMANDS = {
  'layer list': { options: { ...PLACE_OPTIONS, part: 'text' }, load: async () => await import('./list.ts') },
  'layer add': {
    words: ['PART'],
    options: { ...ITEM_OPTIONS, key: 'text' },
    load: async () => await import('./add.ts'),
  },
  'layer edit': {
    words: ['ID'],
    options: { ...ITEM_OPTIONS, unlocked: 'flag' },
    load: async () => await import('./edit.ts'),
  },
  'layer remove': { words: ['ID'], options: PLACE_OPTIONS, load: async () => await import('./remove.ts') },
} as const satisfies Record<string, CommandEntry>;
