import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SignedInUser, Tokens } from '../../common/shapes/session.ts';

/** What `login` keeps between commands. */
export interface KeptSession extends Pick<Tokens, 'home' | 'relay' | 'tokens' | 'tokensExpireAt'> {
  server: string;
  session: string;
  refreshToken: string;
  user: SignedInUser;
}

/** A lock that nobody touched for so long belongs to a command that was killed: a refresh takes a second at most. */
const STALE_LOCK_MS = 30_000;

/** $XDG_STATE_HOME/valija/session.json; the specification wants relative paths passed over. */
export function findSessionFile(env: NodeJS.ProcessEnv): string {
  const given = env['XDG_STATE_HOME'];
  const state = given?.startsWith('/') ? given : join(env['HOME'] ?? homedir(), '.local', 'state');
  return join(state, 'valija', 'session.json');
}

/** Null when there is none, or it is not one of ours. */
export function readSession(file: string): KeptSession | null {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<KeptSession> | null;
    return typeof kept?.refreshToken === 'string' && typeof kept.server === 'string'
      ? (kept as KeptSession)
      : null;
  } catch {
    return null;
  }
}

/** Replaces the file as a whole (0600), so that no other command reads half of it and a crash keeps the old or the new one. */
export function writeSession(file: string, session: KeptSession): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  const handle = openSync(fresh, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(session)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  chmodSync(fresh, 0o600);
  renameSync(fresh, file);
}

export function deleteSession(file: string): void {
  rmSync(file, { force: true });
}

/** Runs `work` while no other command rotates the same refresh token: the server takes the second use of one for theft. */
export async function withSessionLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const lock = `${file}.lock`;
  while (!tryLock(lock)) await wait(20);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > STALE_LOCK_MS) rmSync(lock, { force: true });
    return false;
  }
}
