import type { CommandEntry } from '../table.ts';

/** What `rule add` and `rule edit` can say of a rule. */
const RULE_OPTIONS = {
  name: 'text',
  if: 'texts',
  any: 'flag',
  do: 'texts',
  days: 'text',
  subject: 'text',
  script: 'text',
  position: 'text',
} as const;

/** The commands of the group `rule`. */
export const RULE_COMMANDS = {
  'rule list': { options: {}, load: async () => await import('./list.ts') },
  'rule add': {
    options: { ...RULE_OPTIONS, disabled: 'flag' },
    required: ['name'],
    load: async () => await import('./add.ts'),
  },
  'rule edit': { words: ['ID'], options: RULE_OPTIONS, load: async () => await import('./edit.ts') },
  'rule remove': { words: ['ID'], options: {}, load: async () => await import('./remove.ts') },
  'rule enable': { words: ['ID'], options: {}, load: async () => await import('./enable.ts') },
  'rule disable': { words: ['ID'], options: {}, load: async () => await import('./disable.ts') },
  'rule run': {
    options: { rule: 'texts', in: 'text', account: 'text', query: 'text' },
    load: async () => await import('./run.ts'),
  },
  'rule problems': { options: { dismiss: 'flag' }, load: async () => await import('./problems.ts') },
  'rule import': { words: ['FILE'], options: {}, load: async () => await import('./import.ts') },
  'rule export': { options: { out: 'text' }, load: async () => await import('./export.ts') },
} as const satisfies Record<string, CommandEntry>;
