import { readFileSync } from 'node:fs';
import { parseArgs, parseEnv } from 'node:util';
import { MailError } from '../common/errors.ts';
import { makeFileError, makeUsageError, readNumber } from '../command/failure.ts';
import { DEFAULT_PORT_BASE, type SettingSource } from '../server-kit/settings.ts';

/** In the order in which they start: each calls only those before it. */
export const PART_NAMES = ['profile-server', 'smtp-relay', 'storage-server'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** Every setting as a flag; in the environment and the file the same names as VALIJA_…, in capitals. */
export const SETTING_FLAGS = [
  'data',
  'host',
  'port-base',
  'database',
  'public-url',
  'storage-url',
  'relay-url',
  'tls-cert',
  'tls-key',
  'behind-proxy',
  'allow-networks',
  'registration',
  'master-key-file',
  'master-key-command',
  'relay-smarthost',
  'dns',
  'mx-port',
  'mta-sts-port',
  'metrics-token',
  'user-quota',
  'senders',
  'statistics',
  'password-least',
  'notice-from',
  'relay-addresses',
  'send-limit',
  'submissions-port',
  'log-level',
] as const;

/** Settings of the command line that may stand in the same file. */
const COMMAND_SETTINGS = ['SERVER', 'USER', 'PASSWORD', 'LANGUAGE', 'DEBUG'];

export interface LaunchOptions {
  /** The parts to run here. */
  parts: readonly PartName[];
  /** `start` runs all three and enrols them by itself. */
  together: boolean;
  enrolCode: string | null;
  json: boolean;
  portBase: number;
  read: SettingSource;
}

/** Reads `start …` and `serve PART …`; MailError `usage` says what is wrong. */
export function readLaunchOptions(args: string[], env: NodeJS.ProcessEnv): LaunchOptions {
  const [command, ...rest] = args;
  const { values, words } = readFlags(rest);
  const together = command === 'start';
  const part = together ? undefined : readPart(words.shift());
  if (words[0] !== undefined) throw makeUsageError('too-many-arguments', { argument: words[0] });
  if (together && values.has('enrol')) throw makeUsageError('unknown-option', { option: '--enrol' });
  const read = makeSource((flag) => values.get(flag), env);
  const base = read('PORT_BASE');
  return {
    parts: part === undefined ? PART_NAMES : [part],
    together,
    enrolCode: values.get('enrol') ?? null,
    json: values.has('json'),
    portBase: base === undefined ? DEFAULT_PORT_BASE : readNumber('--port-base', base, 0, 65_505),
    read,
  };
}

function readPart(word: string | undefined): PartName {
  const part = PART_NAMES.find((name) => name === word);
  if (part !== undefined) return part;
  if (word === undefined) throw makeUsageError('missing-argument', { argument: 'PART' });
  throw makeUsageError('unknown-part', { part: word });
}

function readFlags(args: string[]): { values: Map<string, string>; words: string[] } {
  const plain = new Set(['json', 'help', 'behind-proxy']);
  const known = new Set<string>([...SETTING_FLAGS, ...plain, 'env-file', 'enrol']);
  const options = Object.fromEntries(
    [...known].map((name) => [name, { type: plain.has(name) ? ('boolean' as const) : ('string' as const) }]),
  );
  const { tokens } = parseArgs({ args, strict: false, tokens: true, options });
  const values = new Map<string, string>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { rawName: option, name, value, inlineValue } = token;
    if (!known.has(name)) throw makeUsageError('unknown-option', { option });
    if (plain.has(name) && value !== undefined) throw makeUsageError('option-takes-no-value', { option });
    const missing = value === undefined || (!inlineValue && value.startsWith('--'));
    if (!plain.has(name) && missing) throw makeUsageError('option-needs-value', { option });
    values.set(name, value ?? 'true');
  }
  return { values, words };
}

/** Flags, else the environment, else the file that `--env-file` names. An empty value counts as not set. */
export function makeSource(
  readFlag: (name: string) => string | undefined,
  env: NodeJS.ProcessEnv,
): SettingSource {
  const envFile = readFlag('env-file');
  const file = envFile === undefined ? {} : readEnvFile(envFile);
  return (name) => {
    const flag = readFlag(name.toLowerCase().replaceAll('_', '-'));
    return flag ?? (env[`VALIJA_${name}`] || file[`VALIJA_${name}`] || undefined);
  };
}

function readEnvFile(path: string): NodeJS.Dict<string> {
  let file: NodeJS.Dict<string>;
  try {
    file = parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    throw makeFileError(path, error);
  }
  const known = new Set([
    ...SETTING_FLAGS.map((flag) => flag.toUpperCase().replaceAll('-', '_')),
    ...COMMAND_SETTINGS,
  ]);
  for (const name of Object.keys(file)) {
    // A misspelt setting that is silently passed over would be found out too late.
    if (name.startsWith('VALIJA_') && !known.has(name.slice('VALIJA_'.length))) {
      throw new MailError('usage', `${name} is not a setting`, {
        reason: 'unknown-setting',
        params: { setting: name, file: path },
        field: name,
      });
    }
  }
  return file;
}
