import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findFreePort } from './ports.ts';
import { makeTempDir } from './tempdir.ts';

export interface Mariadb {
  /** `mysql://root@127.0.0.1:PORT/prefix`, for VALIJA_DATABASE. */
  url(prefix: string): string;
  stop(): Promise<void>;
}

const START_LIMIT = 30_000;
/** The usual 96 MB would be copied for every server. */
const SMALL_LOG = '--innodb-log-file-size=16M';

/** A MariaDB of its own on a free loopback port; as in Debian's, every commit is synced. */
export async function startMariadb(): Promise<Mariadb> {
  const template = await installTemplate();
  const dir = makeTempDir('mariadb');
  const data = join(dir.path, 'data');
  await cp(template, data, { recursive: true });
  const port = await findFreePort();
  const server = spawn(
    '/usr/sbin/mariadbd',
    [
      '--no-defaults',
      `--user=${userInfo().username}`,
      `--datadir=${data}`,
      // A server that starts deletes what it takes for old temporary tables, also those of the one beside it.
      `--tmpdir=${dir.path}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(dir.path, 'socket')}`,
      `--pid-file=${join(dir.path, 'pid')}`,
      `--log-error=${join(dir.path, 'error.log')}`,
      '--skip-name-resolve',
      SMALL_LOG,
      '--skip-log-bin',
      '--performance-schema=OFF',
      '--transaction-isolation=READ-COMMITTED',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_bin',
    ],
    { stdio: 'ignore' },
  );
  // A test process that is ended before its `after` leaves no server behind.
  const kill = (): void => void server.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    await endProcess(server);
    dir.remove();
  };
  try {
    await waitForPort(port, server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: (prefix) => `mysql://root@127.0.0.1:${port}/${prefix}`, stop };
}

/** An installed, empty data directory: made once on this machine and shared by all test processes (0.6 s against 0.04 s). */
async function installTemplate(): Promise<string> {
  const template = join(tmpdir(), `valija-mariadb-small-${userInfo().uid}`);
  if (await exists(template)) return template;
  const making = `${template}.${process.pid}`;
  await mkdir(making, { recursive: true });
  await promisify(execFile)('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${making}`,
    `--user=${userInfo().username}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    SMALL_LOG,
    '--skip-name-resolve',
  ]);
  try {
    await rename(making, template);
  } catch (error) {
    // Another test process was faster: its template is as good.
    await rm(making, { recursive: true, force: true });
    if (!(await exists(template))) throw error;
  }
  return template;
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

async function waitForPort(port: number, server: ChildProcess): Promise<void> {
  const end = Date.now() + START_LIMIT;
  for (;;) {
    if (await canConnect(port)) return;
    if (server.exitCode !== null) throw new Error(`mariadbd ended with ${server.exitCode}`);
    if (Date.now() > end) throw new Error('mariadbd does not answer');
    await sleep(20);
  }
}

async function canConnect(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function endProcess(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await ended;
}
