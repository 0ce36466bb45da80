import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from './ports.ts';
import { makeTempDir } from './tempdir.ts';

export interface Postfix {
  host: '127.0.0.1';
  port: number;
  /** Its configuration directory, for `postqueue -c` and the like. */
  config: string;
  /** What its programs logged so far. */
  readLog(): string;
  stop(): void;
}

/** Services as Debian has them, none in a chroot. */
const SERVICES = `
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

/** A Postfix of its own that hands all mail to `next`, its own notices too. Needs root. `settings`: lines of main.cf. */
export async function startPostfix(next: { port: number }, settings: string[] = []): Promise<Postfix> {
  const directory = makeTempDir('postfix');
  chmodSync(directory.path, 0o755);
  const [config, queue, data] = ['etc', 'queue', 'data'].map((part) => join(directory.path, part)) as [
    string,
    string,
    string,
  ];
  for (const part of [config, queue, data]) mkdirSync(part);
  execFileSync('chown', ['postfix', data]);
  const port = await findFreePort();
  const log = join(directory.path, 'log');
  const main = [
    'compatibility_level = 3.6',
    `queue_directory = ${queue}`,
    `data_directory = ${data}`,
    `maillog_file = ${log}`,
    `maillog_file_prefixes = ${directory.path}`,
    'myhostname = provider.test',
    'mydestination =',
    'alias_maps =',
    'alias_database =',
    'inet_interfaces = 127.0.0.1',
    'inet_protocols = ipv4',
    'mynetworks = 127.0.0.0/8',
    'smtpd_relay_restrictions = permit_mynetworks, reject',
    `relayhost = [127.0.0.1]:${next.port}`,
    ...settings,
  ];
  writeFileSync(join(config, 'main.cf'), `${main.join('\n')}\n`);
  writeFileSync(join(config, 'master.cf'), `127.0.0.1:${port} inet n - n - - smtpd\n${SERVICES.trimStart()}`);
  const run = (verb: string): void => {
    execFileSync('/usr/sbin/postfix', ['-c', config, verb], { stdio: ['ignore', 'ignore', 'pipe'] });
  };
  run('start');
  const postfix: Postfix = {
    host: '127.0.0.1',
    port,
    config,
    readLog: () => (existsSync(log) ? readFileSync(log, 'utf8') : ''),
    stop: () => {
      run('stop');
      directory.remove();
    },
  };
  await waitForPort(port).catch((error: unknown) => {
    postfix.stop();
    throw error;
  });
  return postfix;
}

async function waitForPort(port: number): Promise<void> {
  const limit = AbortSignal.timeout(20_000);
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    limit.throwIfAborted();
    await delay(50);
  }
}
