import { explainThrown } from './explain-thrown.ts';
import { MailError } from '../common/errors.ts';
import type { Language } from '../common/shapes/profile.ts';
import { VERSION } from '../common/version.ts';
import { readArguments } from './arguments.ts';
import type { Call, Outcome, Typed } from './call.ts';
import { isShapeError, makeUsageError } from './failure.ts';
import { readOwnLanguage, readSystemLanguage } from './language.ts';
import { formatError } from './report.ts';
import type { Connection } from './server/connection.ts';
import {
  COMMANDS,
  NOT_YET,
  listGroup,
  type CommandEntry,
  type CommandName,
  type LoadRun,
  type OperatorCommand,
} from './table.ts';
import { WORDS } from './words/words.ts';

/**
 * Runs one command of the contract to its end; returns the exit code: 0 done, 1 failed, 2 wrong usage. `operators`: what
 * works on a data directory.
 */
export async function runCommand(
  args: string[],
  env: NodeJS.ProcessEnv,
  operators: Partial<Record<OperatorCommand, LoadRun>> = {},
): Promise<number> {
  let userLanguage: Language | null = null;
  const language = (): Language => readOwnLanguage(env) ?? userLanguage ?? readSystemLanguage(env);
  const json = args.includes('--json');
  const name = findCommand(args);
  try {
    if (name === null && args[0] === '--version') return await printVersion(json);
    if (wantsHelp(args, name)) return await printHelp(args, language());
    if (name === null) throw refuseUnknown(args);
    const entry: CommandEntry = COMMANDS[name];
    const typed = readArguments(entry, args.slice(name.split(' ').length));
    const call = makeCall(typed, env, json, language, (own) => (userLanguage = own));
    const load = entry.load ?? operators[name as OperatorCommand];
    if (load === undefined) throw refuseMissing(name);
    const outcome = await runLoaded(load, call);
    if (outcome === null) return 0;
    await write(process.stdout, json ? JSON.stringify(outcome.value) : outcome.text);
    if (outcome.error === undefined) return 0;
    throw outcome.error;
  } catch (error) {
    const known = explainThrown(error);
    if (known.code === 'internal' && env['VALIJA_DEBUG'] !== undefined) console.error(error);
    await printUsage(known, name, args, language());
    await write(process.stderr, formatError(known, language(), json));
    return known.code === 'usage' ? 2 : 1;
  }
}

function findCommand(args: string[]): CommandName | null {
  const [first = '', second = '', third = ''] = args;
  const names = [`${first} ${second} ${third}`, `${first} ${second}`, first];
  return names.find((name): name is CommandName => Object.hasOwn(COMMANDS, name)) ?? null;
}

function wantsHelp(args: string[], name: CommandName | null): boolean {
  const end = args.indexOf('--');
  const before = end === -1 ? args : args.slice(0, end);
  return before.includes('--help') || (name === null && ['help', '-h', undefined].includes(args[0]));
}

function refuseUnknown(args: string[]): MailError {
  const typed = args.filter((word) => !word.startsWith('-')).slice(0, 2);
  const [group = ''] = typed;
  const command = [typed.join(' '), group].find((name) => NOT_YET.includes(name)) ?? findMissingGroup(group);
  if (command !== undefined) return refuseMissing(command);
  const inGroup = listGroup(group);
  if (typed.length === 1 && inGroup.length > 0) {
    const commands = inGroup.map((name) => name.slice(group.length + 1)).join(', ');
    return makeUsageError('missing-command', { group, commands });
  }
  return makeUsageError('unknown-command', { command: typed.join(' ') || (args[0] ?? '') });
}

function refuseMissing(command: string): MailError {
  return new MailError('not-yet', `${command} does not exist yet`, {
    reason: 'command',
    params: { command },
  });
}

/** A word with which only commands begin that do not exist yet. */
function findMissingGroup(word: string): string | undefined {
  return listGroup(word).length === 0 && NOT_YET.some((name) => name.startsWith(`${word} `))
    ? word
    : undefined;
}

async function runLoaded(load: LoadRun, call: Call & { end(): Promise<void> }): Promise<Outcome | null> {
  const stop = (signal: NodeJS.Signals): void => {
    void call.end().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const { run } = await load();
    return await run(call);
  } finally {
    await call.end();
  }
}

function makeCall(
  typed: Typed,
  env: NodeJS.ProcessEnv,
  json: boolean,
  language: () => Language,
  setUserLanguage: (language: Language) => void,
): Call & { end(): Promise<void> } {
  let connection: Promise<Connection> | null = null;
  const call: Call = {
    typed,
    env,
    json,
    language,
    words: () => WORDS[language()],
    setUserLanguage,
    connect: async () => {
      connection ??= import('./server/connection.ts').then(async ({ connect }) => await connect(call));
      return await connection;
    },
    note: (line) => {
      process.stderr.write(`${line}\n`);
    },
  };
  // A connection that never came about has nothing to end; its error is already on its way.
  const end = async (): Promise<void> => await connection?.then((made) => made.end()).catch(() => undefined);
  return { ...call, end };
}

async function printVersion(json: boolean): Promise<number> {
  await write(process.stdout, json ? JSON.stringify({ version: VERSION }) : `valija ${VERSION}`);
  return 0;
}

/** `COMMAND --help`, `help COMMAND`, or `help` alone: the overview. */
async function printHelp(args: string[], language: Language): Promise<number> {
  const about = args[0] === 'help' ? args.slice(1) : args;
  const name = findCommand(about);
  const [word] = about.filter((typed) => !typed.startsWith('-'));
  if (name === null && word !== undefined && listGroup(about[0]).length === 0) throw refuseUnknown(about);
  const { formatHelp, formatOverview } = await import('./help/help.ts');
  await write(process.stdout, name === null ? formatOverview(language, word) : formatHelp(name, language));
  return 0;
}

/** Before the error, which has to be the last line. */
async function printUsage(
  error: MailError,
  name: CommandName | null,
  args: string[],
  language: Language,
): Promise<void> {
  const { formatOverview, formatUsage } = await import('./help/help.ts');
  if (name !== null && isShapeError(error)) await write(process.stderr, formatUsage(name, language));
  const inGroup = name === null && error.code === 'usage' && listGroup(args[0]).length > 0;
  if (inGroup) await write(process.stderr, `${formatOverview(language, args[0])}\n`);
}

/** Resolves when the text has left this process, so that ending it cuts nothing off. */
async function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.write(`${text}\n`, () => resolve());
  });
}
