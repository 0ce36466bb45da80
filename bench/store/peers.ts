import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Run {
  seconds: number;
  /** Of processor time. */
  cpu: number;
  bytes: number;
}

/** Null where it is not installed. */
export type Peer = (dir: string) => Run | null;

function time(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): { seconds: number; cpu: number } | null {
  const begun = performance.now();
  // Bash tells what its child used; Node does not.
  const script = `time -p "$@" >/dev/null`;
  const { status, stderr, error } = spawnSync('bash', ['-c', script, 'bash', command, ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (error !== undefined || status === 127) return null;
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  const read = (name: string): number => Number(new RegExp(`^${name} ([\\d.]+)$`, 'm').exec(stderr)?.[1]);
  return { seconds: (performance.now() - begun) / 1000, cpu: read('user') + read('sys') };
}

export function sizeOf(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** `notmuch new` on the Maildir of `dir`, from nothing. */
export function indexByNotmuch(dir: string): Run | null {
  const maildir = join(dir, 'maildir');
  rmSync(join(maildir, '.notmuch'), { recursive: true, force: true });
  const config = join(dir, 'notmuch.conf');
  writeFileSync(
    config,
    `[database]\npath=${maildir}\n[user]\nname=Alice\nprimary_email=alice@example.org\n[new]\ntags=unread;inbox\n`,
  );
  const run = time('notmuch', ['new', '--quiet', '--no-hooks'], { NOTMUCH_CONFIG: config });
  return run === null ? null : { ...run, bytes: sizeOf(join(maildir, '.notmuch')) };
}

/** `mu index` on the same. */
export function indexByMu(dir: string): Run | null {
  const home = join(dir, 'mu');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  const maildir = `--maildir=${join(dir, 'maildir')}`;
  if (time('mu', ['init', `--muhome=${home}`, maildir]) === null) return null;
  const run = time('mu', ['index', `--muhome=${home}`, '--quiet']);
  return run === null ? null : { ...run, bytes: sizeOf(home) };
}
