import type { Language } from '../../common/shapes/profile.ts';
import { formatTable } from '../format.ts';
import { COMMANDS, listGroup, type CommandEntry, type CommandName } from '../table.ts';
import { en } from './en.ts';
import { es } from './es.ts';

export interface HelpTexts {
  usage: string;
  command: string;
  options: string;
  /** Stands for them in a usage line. */
  optionsPlace: string;
  commands: string;
  servers: string;
  more: string;
  version: string;
  environment: string;
  environmentLines: readonly (readonly [string, string])[];
  always: readonly (readonly [string, string])[];
  summaries: Record<CommandName | 'start' | 'serve', string>;
  /** What a command's words may be, below its summary. */
  details: Readonly<Partial<Record<CommandName, readonly (readonly [string, string])[]>>>;
  /** By option name; one that means different things in two commands stands as `command option`. */
  optionTexts: Readonly<Record<string, string>>;
}

const NAMES = Object.keys(COMMANDS) as CommandName[];
const TEXTS: Record<Language, HelpTexts> = { en, es };

/** The words that an option takes, the same in every language. */
const CHOICES: Readonly<Record<string, string>> = {
  'pop3-tls': 'implicit|starttls|none',
  'smtp-tls': 'implicit|starttls|none',
  'pop3-auth': 'auto|user|apop|plain|login|scram-sha-256|xoauth2|oauthbearer',
  'smtp-auth': 'auto|plain|login|xoauth2|oauthbearer|none',
  keep: 'always|days:N|delete|mirror',
  sasl: 'xoauth2|oauthbearer',
  flow: 'code|device',
  'secret-by': 'header|form',
  send: 'relay|smarthost',
  kind: 'storage-server|smtp-relay',
  'new-users': 'yes|no',
  format: 'mbox|eml|archive',
  'flag add': 'seen|flagged|answered|forwarded|draft',
  'flag remove': 'seen|flagged|answered|forwarded|draft',
  colour: 'grey|red|orange|yellow|green|teal|blue|violet',
  'user list state': 'active|invited|disabled|removed',
  'user add language': 'en|es',
  'health state': 'new|ok|late|failing|needs-sign-in|paused',
  'health mend tls': 'implicit|starttls|none',
};
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  destination: 'DOMAIN',
  home: 'ID',
  reason: 'TEXT',
  locked: 'TEXT',
  'reply-to': 'ADDRESS',
  'layer add value': 'JSON',
  'layer edit value': 'JSON',
  phone: 'NUMBER',
  organisation: 'TEXT',
  title: 'TEXT',
  note: 'TEXT',
  group: 'NAME',
  'contact export out': 'FILE',
  if: 'CONDITION',
  do: 'ACTION',
  days: 'N',
  script: 'FILE',
  position: 'N',
  rule: 'ID',
  query: 'QUERY',
  'rule export out': 'FILE',
  invite: 'CODE',
  code: 'CODE',
  ticket: 'TICKET',
  'relay dkim remove': 'SELECTOR',
  'domain add user': 'NAME',
  'display-name': 'TEXT',
  'keep-days': 'N',
  'group admin add': 'USER',
  'group admin remove': 'USER',
  'user import codes': 'FILE',
  limit: 'N',
  'per-hour': 'N',
  recipients: 'N',
  size: 'BYTES',
  undo: 'SECONDS',
  interval: 'SECONDS',
  out: 'DIR',
  'profile export out': 'FILE',
  'backup user': 'NAME',
  'restore user': 'NAME',
  'restore from': 'DIR',
  verify: 'DIR',
  'profile history before': 'N',
  revision: 'N',
  since: 'TIME',
  before: 'CURSOR',
  user: 'ID',
  provider: 'ID',
  'confirm-delete': 'N',
  'client-id': 'ID',
  scope: 'SCOPE',
  demand: 'CLAIM=VALUE',
  html: 'FILE',
  attach: 'FILE',
  account: 'ID',
  after: 'CURSOR',
  at: 'TIME',
  from: 'ADDRESS',
  to: 'ADDRESS',
  'move to': 'MAILBOX',
  in: 'MAILBOX',
  thread: 'ID',
  'label add': 'NAME',
  'label remove': 'NAME',
  label: 'NAME',
  'migrate-database from': 'DATABASE',
  'migrate-database to': 'DATABASE',
  data: 'DIR',
  cc: 'ADDRESS',
  bcc: 'ADDRESS',
  email: 'ADDRESS',
  'in-reply-to': 'ID',
};

/** How a command is put together, in one line. */
export function formatUsage(name: CommandName, language: Language): string {
  const say = TEXTS[language];
  const entry: CommandEntry = COMMANDS[name];
  const words = (entry.words ?? []).map((word) => (word.endsWith('?') ? `[${word.slice(0, -1)}]` : word));
  const required = (entry.required ?? []).map((option) => `--${option} …`);
  const others = Object.keys(entry.options).length > required.length ? [`[${say.optionsPlace}]`] : [];
  return `${say.usage}: ${['valija', name, ...words, ...required, ...others].join(' ')}`;
}

/** The help of one command. */
export function formatHelp(name: CommandName, language: Language): string {
  const say = TEXTS[language];
  const entry: CommandEntry = COMMANDS[name];
  const rows = Object.entries(entry.options).map(([option, kind]) => {
    const text = say.optionTexts[`${name} ${option}`] ?? say.optionTexts[option] ?? '';
    const choices = CHOICES[`${name} ${option}`] ?? CHOICES[option];
    const value =
      choices === undefined && kind !== 'flag'
        ? ` ${PLACEHOLDERS[`${name} ${option}`] ?? findPlaceholder(option)}`
        : '';
    return [`  --${option}${value}`, choices === undefined ? text : `${text}: ${choices}`];
  });
  const always = say.always.map(([option, text]) => [`  ${option}`, text]);
  const table = formatTable([...rows, ...always]);
  const details = formatTable((say.details[name] ?? []).map(([words, text]) => [`  ${words}`, text]));
  const about = details === '' ? say.summaries[name] : `${say.summaries[name]}\n\n${details}`;
  return `${formatUsage(name, language)}\n\n${about}\n\n${say.options}:\n${table}`;
}

/** All commands, or those of a group such as `account`. */
export function formatOverview(language: Language, group?: string): string {
  const say = TEXTS[language];
  const inGroup = listGroup(group);
  const shown = inGroup.length > 0 ? inGroup : NAMES;
  const lines = [`${say.usage}: valija ${inGroup.length > 0 ? `${group} ` : ''}${say.command}`, ''];
  if (inGroup.length === 0) {
    const servers = (['start', 'serve'] as const).map((name) => [`  ${name}`, say.summaries[name]]);
    lines.push(`${say.servers}:`, formatTable(servers), '');
  }
  lines.push(`${say.commands}:`, formatTable(shown.map((name) => [`  ${name}`, say.summaries[name]])), '');
  if (inGroup.length === 0) {
    const always = [...say.always, ['--version', say.version] as const];
    lines.push(`${say.options}:`, formatTable(always.map(([option, text]) => [`  ${option}`, text])), '');
    lines.push(
      `${say.environment}:`,
      formatTable(say.environmentLines.map(([name, text]) => [`  ${name}`, text])),
      '',
    );
  }
  return [...lines, say.more].join('\n');
}

function findPlaceholder(option: string): string {
  const own = PLACEHOLDERS[option];
  if (own !== undefined) return own;
  if (option.endsWith('-file')) return 'FILE';
  if (option.endsWith('-port')) return 'N';
  return (option.split('-').at(-1) ?? option).toUpperCase();
}
