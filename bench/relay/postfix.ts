import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../test/harness/ports.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';
import type { Peer } from './peer.ts';
import { waitForPort } from './wait-for-port.ts';

const PROGRAM = '/usr/sbin/postfix';

/** Services as Debian has them, none in a chroot. */
const SERVICES = `
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
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

/** A Postfix of its own: queue, configuration and port; `tuning` are lines of main.cf. */
export async function startPostfix(name: string, tuning: string[], sinkPort: number): Promise<Peer | null> {
  if (!existsSync(PROGRAM) || process.getuid?.() !== 0) return null;
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
    'myhostname = bench.test',
    'mydestination =',
    'alias_maps =',
    'alias_database =',
    'inet_interfaces = 127.0.0.1',
    'inet_protocols = ipv4',
    'mynetworks = 127.0.0.0/8',
    'smtpd_relay_restrictions = permit_mynetworks, reject',
    `relayhost = [127.0.0.1]:${sinkPort}`,
    ...tuning,
  ];
  writeFileSync(join(config, 'main.cf'), `${main.join('\n')}\n`);
  writeFileSync(join(config, 'master.cf'), `127.0.0.1:${port} inet n - n - - smtpd\n${SERVICES.trimStart()}`);
  const run = (verb: string): void => {
    execFileSync(PROGRAM, ['-c', config, verb], { stdio: ['ignore', 'ignore', 'pipe'] });
  };
  run('start');
  await waitForPort(port);
  return {
    name,
    port,
    pid: Number(readFileSync(join(queue, 'pid', 'master.pid'), 'utf8').trim()),
    stop: async () => {
      run('stop');
      directory.remove();
    },
  };
}
