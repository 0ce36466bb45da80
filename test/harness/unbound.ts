import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChildServer } from './child-server.ts';
import { findFreePort } from './ports.ts';
import { makeTempDir } from './tempdir.ts';

export interface Unbound {
  host: '127.0.0.1';
  port: number;
  stop(): Promise<void>;
}

/**
 * Debian's unbound as the only DNS of a test: it knows the zone `test.` with `records`, each as in
 * a zone file (`x.test. MX 10 mx.x.test.`), and asks nobody else.
 */
export async function startUnbound(records: readonly string[]): Promise<Unbound> {
  const directory = makeTempDir('unbound');
  const port = await findFreePort();
  const file = join(directory.path, 'unbound.conf');
  const data = records.map((record) => `  local-data: '${record}'`).join('\n');
  writeFileSync(
    file,
    `server:
  interface: 127.0.0.1@${port}
  username: ""
  chroot: ""
  directory: "${directory.path}"
  pidfile: ""
  use-syslog: no
  do-daemonize: no
  module-config: "iterator"
  local-zone: "test." static
${data}
remote-control:
  control-enable: no
`,
  );
  const server = await startChildServer('/usr/sbin/unbound', ['-d', '-c', file], port);
  return {
    host: '127.0.0.1',
    port,
    stop: async () => {
      await server.stop();
      directory.remove();
    },
  };
}
