import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from './ports.ts';
import { makeTempDir } from './tempdir.ts';
import { waitForPort } from './wait-for-port.ts';

export const POSTFIX = '/usr/sbin/postfix';

/** A running Postfix with queue, configuration and port of its own. */
export interface PostfixInstance {
  port: number;
  /** Its configuration directory, for `postqueue -c` and the like. */
  config: string;
  /** Of its master. */
  pid: number;
  stop(): void;
}

/** Services as Debian has them, none in a chroot. */
const SERVICES = `
cleanup unix n - n - 0 cleanup
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
`;

/** Starts one that hands all mail to `next`. Needs root. `settings`: lines of main.cf; `services`: of master.cf, the queue manager among them. */
export async function startPostfixInstance(options: {
  hostname: string;
  next: number;
  services: readonly string[];
  settings: (directory: string) => readonly string[];
}): Promise<PostfixInstance> {
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
  const main = [
    'compatibility_level = 3.6',
    `queue_directory = ${queue}`,
    `data_directory = ${data}`,
    `myhostname = ${options.hostname}`,
    'mydestination =',
    'alias_maps =',
    'alias_database =',
    'inet_interfaces = 127.0.0.1',
    'inet_protocols = ipv4',
    'mynetworks = 127.0.0.0/8',
    'smtpd_relay_restrictions = permit_mynetworks, reject',
    `relayhost = [127.0.0.1]:${options.next}`,
    ...options.settings(directory.path),
  ];
  writeFileSync(join(config, 'main.cf'), `${main.join('\n')}\n`);
  const services = [`127.0.0.1:${port} inet n - n - - smtpd`, ...options.services, SERVICES.trim()];
  writeFileSync(join(config, 'master.cf'), `${services.join('\n')}\n`);
  const run = (verb: string): void => {
    execFileSync(POSTFIX, ['-c', config, verb], { stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const stop = (): void => {
    run('stop');
    directory.remove();
  };
  run('start');
  try {
    await waitForPort(port);
  } catch (error) {
    stop();
    throw error;
  }
  const pid = Number(readFileSync(join(queue, 'pid', 'master.pid'), 'utf8').trim());
  return { port, config, pid, stop };
}
