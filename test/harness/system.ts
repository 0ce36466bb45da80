import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Ready } from '../../launch/ready.ts';
import { LAUNCHER, makeEnv, startServer, type ServerProcess } from './server-process.ts';
import { makeTempDir } from './tempdir.ts';

export interface SystemOptions {
  /** One process with all parts, or three. */
  mode: 'start' | 'serve';
  /** VALIJA_DATABASE; default SQLite. */
  database?: string;
  /** Further settings for every part. */
  env?: Record<string, string>;
  /** A directory of an earlier system, to go on with its data; it is then not removed. */
  dataDir?: string;
  /** Default 0: free ports. */
  portBase?: number;
}

export interface Credentials {
  user: string;
  password: string;
}

/** Whole Valija as real processes, with a data directory of its own. */
export interface System {
  /** As `start` prints it, also when three processes said a third each. */
  ready: Ready;
  dataDir: string;
  processes: ServerProcess[];
  /** The first administrator, made when first asked for. */
  makeAdmin(): Promise<Credentials>;
  log(): string;
  /** Ends all cleanly (exit code 0 demanded) and removes the directory. */
  stop(): Promise<void>;
  /** SIGKILL to all; the directory stays. */
  kill(): Promise<void>;
}

/** Loopback servers as maildrops and next hops are what every test needs. */
const TEST_SETTINGS = { VALIJA_ALLOW_NETWORKS: '127.0.0.0/8', VALIJA_REGISTRATION: 'open' };
const ADMIN: Credentials = { user: 'admin', password: 'the first administrator 1' };

export async function startSystem(options: SystemOptions): Promise<System> {
  const temp = options.dataDir === undefined ? makeTempDir('system') : null;
  const dataDir = options.dataDir ?? join(temp?.path ?? '', 'data');
  const env = makeEnv({
    ...TEST_SETTINGS,
    ...(options.database === undefined ? {} : { VALIJA_DATABASE: options.database }),
    ...options.env,
  });
  const common = ['--data', dataDir, '--port-base', String(options.portBase ?? 0)];
  const processes: ServerProcess[] = [];
  let admin: Promise<Credentials> | null = null;
  const system: System = {
    ready: {
      ready: true,
      web: null,
      profile: null,
      storage: null,
      submission: null,
      relay: null,
      dataDir,
      setupCode: null,
    },
    dataDir,
    processes,
    makeAdmin: async () => await (admin ??= registerAdmin(system)),
    log: () => processes.map((running) => running.log()).join('\n--\n'),
    stop: async () => {
      for (const running of processes.splice(0).toReversed()) {
        assert.equal(await running.stop(), 0, `exit code of a stopped server:\n${running.log()}`);
      }
      temp?.remove();
    },
    kill: async () => {
      for (const running of processes.splice(0)) await running.kill();
    },
  };
  const run = async (args: string[]): Promise<void> => {
    const running = await startServer([...args, ...common], env);
    processes.push(running);
    const said = Object.entries(running.ready).filter(([, value]) => value !== null);
    Object.assign(system.ready, Object.fromEntries(said));
  };
  try {
    if (options.mode === 'start') await run(['start']);
    else await serveParts(system, run, temp === null);
  } catch (error) {
    await system.kill();
    temp?.remove();
    throw error;
  }
  return system;
}

/** As an operator does it on three machines: codes by `part add`, each used once. */
async function serveParts(
  system: System,
  run: (args: string[]) => Promise<void>,
  enrolled: boolean,
): Promise<void> {
  await run(['serve', 'profile-server']);
  const publicUrl = system.ready.profile ?? '';
  for (const kind of ['smtp-relay', 'storage-server']) {
    const enrol = enrolled ? [] : ['--enrol', await makeEnrolCode(system, kind)];
    await run(['serve', kind, '--public-url', publicUrl, ...enrol]);
  }
}

async function makeEnrolCode(system: System, kind: string): Promise<string> {
  const added = await runValija(system, ['part', 'add', '--kind', kind], await system.makeAdmin());
  assert.equal(added.code, 0, added.stderr);
  return (added.json as { code: string }).code;
}

async function registerAdmin(system: System): Promise<Credentials> {
  const { setupCode } = system.ready;
  assert.ok(setupCode !== null, 'an administrator exists already');
  const registered = await runValija(system, ['register', '--setup-code', setupCode], ADMIN);
  assert.equal(registered.code, 0, registered.stderr);
  return ADMIN;
}

export interface CommandOptions extends Partial<Credentials> {
  input?: string | Uint8Array;
  env?: Record<string, string>;
  /** Without --json: the text for people. */
  text?: boolean;
}

export interface CommandResult {
  code: number;
  stdout: string;
  bytes: Buffer;
  stderr: string;
  /** The value on stdout, undefined when there is none. */
  json: unknown;
  /** The `error` on the last line of stderr. */
  error: { code: string; message: string; action: string | null; field: string | null } | null;
}

/** Runs one `valija ARGS --json` against a system, as its own process. */
export async function runValija(
  system: Pick<System, 'ready' | 'dataDir'>,
  args: string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const env = makeEnv({
    VALIJA_SERVER: system.ready.profile ?? '',
    XDG_STATE_HOME: join(dirname(system.dataDir), 'state'),
    ...(options.user === undefined ? {} : { VALIJA_USER: options.user }),
    ...(options.password === undefined ? {} : { VALIJA_PASSWORD: options.password }),
    ...options.env,
  });
  const json = options.text === true ? [] : ['--json'];
  const child = spawn(process.execPath, [LAUNCHER, ...args, ...json], { env, stdio: 'pipe' });
  // A command that needs no input may end before it has read it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit, signal) => resolve(exit ?? (signal === null ? 1 : 128)));
  });
  const bytes = Buffer.concat(stdout);
  return readResult(code, bytes, Buffer.concat(stderr).toString('utf8'));
}

function readResult(code: number, bytes: Buffer, stderr: string): CommandResult {
  const stdout = bytes.toString('utf8');
  const last = readLine(stderr.trimEnd().split('\n').at(-1) ?? '') as
    { error?: CommandResult['error'] } | undefined;
  return { code, stdout, bytes, stderr, json: readLine(stdout.trimEnd()), error: last?.error ?? null };
}

function readLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
