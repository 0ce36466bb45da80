import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from './certificate.ts';
import { findFreePort } from './ports.ts';
import { ROOT } from './server-process.ts';
import { makeTempDir } from './tempdir.ts';
import { waitForPort } from './wait-for-port.ts';

export interface Nginx {
  /** https://localhost:PORT of each server of the configuration, in its order. */
  urls: string[];
  start(): Promise<void>;
  stop(): Promise<void>;
}

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/**
 * nginx with the configuration that docs/proxy.md shows, on free loopback ports in place of its three names, in front of
 * a Valija at `portBase`. It does not run yet. Needs the component `nginx`.
 */
export async function prepareNginx(portBase: number, certificate: Certificate): Promise<Nginx> {
  const temp = makeTempDir('nginx');
  const shown = /```nginx\n([^]*?)```/.exec(readFileSync(join(ROOT, 'docs/proxy.md'), 'utf8'))?.[1] ?? '';
  const urls: string[] = [];
  const ports: number[] = [];
  let config = shown
    .replace(/(ssl_certificate\s+)\S+;/, `$1${certificate.certFile};`)
    .replace(/(ssl_certificate_key\s+)\S+;/, `$1${certificate.keyFile};`)
    .replace(/127\.0\.0\.1:73(\d\d)/g, (_all, offset: string) => `127.0.0.1:${portBase + Number(offset)}`);
  while (config.includes('listen 443 ssl')) {
    const port = await findFreePort();
    ports.push(port);
    urls.push(`https://localhost:${port}`);
    config = config.replace(/listen 443 ssl;\s+server_name \S+;/, `listen 127.0.0.1:${port} ssl;`);
  }
  const folders = TEMPORARY.map((name) => `${name}_temp_path ${join(temp.path, name)};`).join('\n');
  for (const name of TEMPORARY) mkdirSync(join(temp.path, name));
  const file = join(temp.path, 'nginx.conf');
  const owner = process.getuid?.() === 0 ? 'user root;\n' : '';
  writeFileSync(
    file,
    `${owner}daemon off;\nworker_processes 1;\npid ${join(temp.path, 'pid')};\nevents {}\n` +
      `http {\naccess_log off;\n${folders}\n${config}}\n`,
  );
  const log = join(temp.path, 'error.log');
  let child: ChildProcess | null = null;
  return {
    urls,
    start: async () => {
      child = spawn('/usr/sbin/nginx', ['-c', file, '-e', log], { stdio: 'ignore' });
      try {
        for (const port of ports) await waitForPort(port);
      } catch (error) {
        throw new Error(readFileSync(log, 'utf8'), { cause: error });
      }
    },
    stop: async () => {
      if (child !== null && child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      temp.remove();
    },
  };
}
