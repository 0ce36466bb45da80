import type { Run } from './call.ts';
import { ACCOUNT_COMMANDS } from './account/account-commands.ts';
import { APP_PASSWORD_COMMANDS } from './app-password/app-password-commands.ts';
import { CONTACT_COMMANDS } from './contact/contact-commands.ts';
import { DIRECTORY_COMMANDS } from './directory/directory-commands.ts';
import { CONTACT_GROUP_COMMANDS } from './contact-group/contact-group-commands.ts';
import { DOMAIN_COMMANDS } from './domain/domain-commands.ts';
import { LAB_COMMANDS } from './lab/lab-commands.ts';
import { LAYER_COMMANDS } from './layer/layer-commands.ts';
import { IDENTITY_COMMANDS } from './identity/identity-commands.ts';
import { LABEL_COMMANDS } from './label/label-commands.ts';
import { MAILBOX_COMMANDS } from './mailbox/mailbox-commands.ts';
import { SELECTION_OPTIONS } from './mail/selection-options.ts';
import { POLICY_COMMANDS } from './policy/policy-commands.ts';
import { QUEUE_COMMANDS } from './queue/queue-commands.ts';
import { RELAY_COMMANDS } from './relay/relay-commands.ts';
import { REMIND_COMMANDS } from './remind/remind-commands.ts';
import { SNOOZE_COMMANDS } from './snooze/snooze-commands.ts';
import { RULE_COMMANDS } from './rule/rule-commands.ts';
import { SECURITY_COMMANDS } from './security/security-commands.ts';
import { SEND_LIMIT_COMMANDS } from './send-limit/send-limit-commands.ts';
import { SENDER_COMMANDS } from './sender/sender-commands.ts';
import { SEND_COMMANDS } from './send/send-commands.ts';
import { SUPPRESSION_COMMANDS } from './suppression/suppression-commands.ts';
import { GROUP_COMMANDS } from './group/group-commands.ts';
import { RESET_COMMANDS } from './reset/reset-commands.ts';
import { USER_COMMANDS } from './user/user-commands.ts';
import { TEMPLATE_COMMANDS } from './template/template-commands.ts';
import { WATCH_COMMANDS } from './watch/watch-commands.ts';
import { TRANSFER_COMMANDS } from './transfer/transfer-commands.ts';
import { OPERATOR_COMMANDS } from './operator-commands.ts';

/** `flag` takes no value, `text` one, `texts` may be repeated. */
export type OptionKind = 'flag' | 'text' | 'texts';

export interface CommandEntry {
  /** Words as shown in the help: `ID`, `ID…` (one or more), `NAME?` (may be left out). */
  words?: readonly string[];
  options: Readonly<Record<string, OptionKind>>;
  required?: readonly string[];
  /** Null: it works on a data directory, and whoever may open one brings it along. */
  load: LoadRun | null;
}

export type LoadRun = () => Promise<{ run: Run }>;

/** Every command that exists. The code of each is loaded only when it runs: a command has to start at once. */
export const COMMANDS = {
  register: {
    words: ['NAME?'],
    options: { 'setup-code': 'text', invite: 'text' },
    load: async () => await import('./session/register.ts'),
  },
  login: { words: ['NAME?'], options: {}, load: async () => await import('./session/login.ts') },
  unlock: { options: {}, load: async () => await import('./session/unlock.ts') },
  logout: { options: {}, load: async () => await import('./session/logout.ts') },
  whoami: { options: {}, load: async () => await import('./session/whoami.ts') },
  'session list': { options: {}, load: async () => await import('./session/list.ts') },
  'session end': {
    words: ['ID?'],
    options: { others: 'flag' },
    load: async () => await import('./session/end.ts'),
  },
  ...SECURITY_COMMANDS,
  ...ACCOUNT_COMMANDS,
  ...APP_PASSWORD_COMMANDS,
  check: { options: { account: 'text' }, load: async () => await import('./mail/check.ts') },
  list: {
    options: { mailbox: 'text', account: 'text', limit: 'text', after: 'text' },
    load: async () => await import('./mail/list.ts'),
  },
  search: {
    words: ['QUERY…'],
    options: { limit: 'text', after: 'text' },
    load: async () => await import('./mail/search.ts'),
  },
  show: { words: ['ID'], options: {}, load: async () => await import('./mail/show.ts') },
  raw: { words: ['ID'], options: { account: 'text' }, load: async () => await import('./mail/raw.ts') },
  flag: {
    words: ['ID…?'],
    options: { add: 'texts', remove: 'texts', ...SELECTION_OPTIONS },
    load: async () => await import('./mail/flag.ts'),
  },
  move: {
    words: ['ID…?'],
    options: { to: 'text', ...SELECTION_OPTIONS },
    required: ['to'],
    load: async () => await import('./mail/move.ts'),
  },
  ...SEND_COMMANDS,
  ...REMIND_COMMANDS,
  ...SNOOZE_COMMANDS,
  ...MAILBOX_COMMANDS,
  ...LABEL_COMMANDS,
  ...LAB_COMMANDS,
  ...POLICY_COMMANDS,
  ...LAYER_COMMANDS,
  undo: { words: ['OPERATION'], options: {}, load: async () => await import('./mail/undo.ts') },
  ...RULE_COMMANDS,
  ...QUEUE_COMMANDS,
  ...RELAY_COMMANDS,
  ...SENDER_COMMANDS,
  ...SEND_LIMIT_COMMANDS,
  ...DOMAIN_COMMANDS,
  ...SUPPRESSION_COMMANDS,
  'route explain': {
    options: { from: 'text', to: 'texts' },
    required: ['from', 'to'],
    load: async () => await import('./admin/route-explain.ts'),
  },
  invite: { options: { home: 'text' }, load: async () => await import('./admin/invite.ts') },
  'part add': {
    options: { kind: 'text' },
    required: ['kind'],
    load: async () => await import('./admin/part-add.ts'),
  },
  'part edit': {
    words: ['ID'],
    options: { 'new-users': 'text' },
    required: ['new-users'],
    load: async () => await import('./admin/part-edit.ts'),
  },
  'part shut-out': { words: ['ID'], options: {}, load: async () => await import('./admin/part-shut-out.ts') },
  'part list': { options: {}, load: async () => await import('./admin/part-list.ts') },
  'oauth list': { options: {}, load: async () => await import('./admin/oauth-list.ts') },
  'oauth set': {
    words: ['PROVIDER'],
    options: {
      'client-id': 'text',
      'client-secret-file': 'text',
      name: 'text',
      'authorize-url': 'text',
      'token-url': 'text',
      'device-url': 'text',
      issuer: 'text',
      scope: 'texts',
      sasl: 'text',
      host: 'texts',
      flow: 'texts',
    },
    required: ['client-id'],
    load: async () => await import('./admin/oauth-set.ts'),
  },
  'oauth remove': {
    words: ['PROVIDER'],
    options: {},
    load: async () => await import('./admin/oauth-remove.ts'),
  },
  ...DIRECTORY_COMMANDS,
  ...CONTACT_COMMANDS,
  ...WATCH_COMMANDS,
  ...CONTACT_GROUP_COMMANDS,
  ...IDENTITY_COMMANDS,
  ...TEMPLATE_COMMANDS,
  stats: { options: {}, load: async () => await import('./mail/stats.ts') },
  'stats use': { words: ['PERIOD?'], options: {}, load: async () => await import('./mail/stats-use.ts') },
  ...USER_COMMANDS,
  ...GROUP_COMMANDS,
  ...RESET_COMMANDS,
  ...TRANSFER_COMMANDS,
  ...OPERATOR_COMMANDS,
} as const satisfies Record<string, CommandEntry>;

export type CommandName = keyof typeof COMMANDS;
export type OperatorCommand = keyof typeof OPERATOR_COMMANDS;

/** The commands of a group such as `account`; none when the word is no group. */
export function listGroup(group: string | undefined): CommandName[] {
  return (Object.keys(COMMANDS) as CommandName[]).filter((name) => name.startsWith(`${group} `));
}

/** Commands of the contract that answer `not-yet` until they exist. */
export const NOT_YET: readonly string[] = [];
