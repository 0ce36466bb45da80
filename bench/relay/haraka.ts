import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../test/harness/ports.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import type { Peer } from './peer.ts';
import { waitForPort } from '../../test/harness/wait-for-port.ts';

/** Where somebody ran `npm install Haraka`; its own pinned versions cannot all be installed, so it is no part of ours. */
const FOLDER = process.env['HARAKA'] ?? '';

/** Haraka in one process, with its own queue on disk and outbound delivery. */
export async function startHaraka(sinkPort: number): Promise<Peer | null> {
  const program = join(FOLDER, 'node_modules/Haraka/bin/haraka');
  if (FOLDER === '' || !existsSync(program)) return null;
  const directory = makeTempDir('haraka');
  const port = await findFreePort();
  const write = (name: string, text: string): void => writeFileSync(join(directory.path, name), text);
  for (const part of ['config', 'plugins', 'queue']) mkdirSync(join(directory.path, part));
  write('config/smtp.ini', `listen=127.0.0.1:${port}\nnodes=0\n[headers]\n`);
  write('config/plugins', 'to_sink\n');
  write('config/me', 'bench.test\n');
  write('config/loglevel', 'WARN\n');
  write('config/databytes', '100000000\n');
  // Without its own file the greeting is missing.
  copyFileSync(
    join(FOLDER, 'node_modules/Haraka/config/connection.ini'),
    join(directory.path, 'config/connection.ini'),
  );
  write('config/outbound.ini', 'enable_tls=false\nlocal_mx_ok=true\nconcurrency_max=100\n');
  write(
    'plugins/to_sink.js',
    `exports.hook_connect = (next, connection) => { connection.relaying = true; next(); };
exports.hook_rcpt = (next) => next(OK);
exports.hook_get_mx = (next) => next(OK, { priority: 0, exchange: '127.0.0.1', port: ${sinkPort} });
`,
  );
  const child = spawn(process.execPath, [program, '-c', directory.path], {
    stdio: process.env['VALIJA_BENCH_SHOW'] === undefined ? 'ignore' : 'inherit',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await waitForPort(port);
  return {
    name: 'haraka',
    port,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      directory.remove();
    },
  };
}
