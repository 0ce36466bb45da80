import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChildServer } from './child-server.ts';
import { findFreePort } from './ports.ts';
import { makeTempDir } from './tempdir.ts';

export interface Unbound {
  host: string;
  port: number;
  stop(): Promise<void>;
}

/**
 * Debian's unbound as the only DNS of a test: it knows the zone `test.` with `records`, each as in
 * a zone file (`x.test. MX 10 mx.x.test.`), and asks nobody else.
 */
export async function startUnbound(
  records: readonly string[],
  where: { host?: string; port?: number } = {},
): Promise<Unbound> {
  const directory = makeTempDir('unbound');
  const host = where.host ?? '127.0.0.1';
  const port = where.port ?? (await findFreePort());
  const file = join(directory.path, 'unbound.conf');
  const data = records.map((record) => `  local-data: '${record}'`).join('\n');
  writeFileSync(
    file,
    `server:
  interface: ${host}@${port}
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
  const server = await startChildServer('/usr/sbin/unbound', ['-d', '-c', file], port, host);
  return {
    host,
    port,
    stop: async () => {
      await server.stop();
      directory.remove();
    },
  };
}
