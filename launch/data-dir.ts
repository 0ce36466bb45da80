import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { MailError } from '../common/errors.ts';
import type { PartName } from './options.ts';

/** One that is just ending, as in a restart, is waited for. */
const PATIENCE_MS = 3000;

/** A part's directory that no other process has open. */
export interface DataDir {
  path: string;
  release(): void;
}

/** Makes DIR (0700) when it is missing and returns its full path; MailError `unavailable` when it cannot be used. */
export function makeDataDir(dir: string): string {
  const path = resolve(dir);
  try {
    makeFolders(path);
    if (!statSync(path).isDirectory()) throw new Error('it is not a directory');
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new MailError('unavailable', `${path} cannot be used`, {
      reason: 'data-unusable',
      params: { dir: path, detail: error instanceof Error ? error.message : String(error) },
      cause: error,
    });
  }
  return path;
}

/** One after the other: Node's own way (`recursive`) never ends where the system refuses a folder as /proc does. */
function makeFolders(path: string): void {
  const missing: string[] = [];
  for (let at = path; !existsSync(at) && at !== dirname(at); at = dirname(at)) missing.unshift(at);
  for (const folder of missing) {
    try {
      mkdirSync(folder, { mode: 0o700 });
      // The umask may have taken bits.
      chmodSync(folder, 0o700);
    } catch (error) {
      // Another part that starts at the same time made it.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Takes DIR/part for this process alone; MailError `unavailable` when another one has it. */
export function openPartDir(dir: string, part: PartName, patience = PATIENCE_MS): DataDir {
  const path = makeDataDir(join(dir, part));
  // SQLite's file lock ends with the process, however it ends, and also holds between containers that share the directory.
  const lock = new Sqlite(join(path, 'running.lock'), { timeout: patience });
  try {
    lock.pragma('journal_mode = memory');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new MailError('unavailable', `${path} is in use`, {
      reason: 'data-in-use',
      params: { dir: path },
      cause: error,
    });
  }
  return { path, release: () => lock.close() };
}
