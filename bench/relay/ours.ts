import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import type { Peer } from './peer.ts';

export type Mode = 'bare' | 'auth' | 'dkim';

export interface OurPeer extends Peer {
  /** A storage-server's service token, for `auth`. */
  token: string;
}

/** Our relay in a process of its own; with VALIJA_BENCH_PROFILE=DIR it writes a CPU profile there at its end. */
export async function startOurs(mode: Mode, sinkPort: number): Promise<OurPeer> {
  const directory = makeTempDir('bench-relay');
  const profileDir = process.env['VALIJA_BENCH_PROFILE'];
  const profiling = profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDir}`];
  const child = spawn(
    process.execPath,
    [...profiling, join(import.meta.dirname, 'relay-child.ts'), directory.path, `${sinkPort}`, mode],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error('our relay ended')));
  });
  const { port, token } = JSON.parse(ready) as { port: number; token: string };
  return {
    name: mode === 'bare' ? 'valija' : `valija ${mode}`,
    port,
    token,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      directory.remove();
    },
  };
}
