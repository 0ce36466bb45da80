import { execFileSync } from 'node:child_process';
import { chownSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChildServer, type ChildServer } from '../../test/harness/child-server.ts';
import { findFreePort } from '../../test/harness/ports.ts';
import { makeTempDir } from '../../test/harness/tempdir.ts';

/** Where Debian puts Roundcube's pages, its settings, its tables, PHP and nginx. */
const ROOT = '/var/lib/roundcube/public_html';
const SETTINGS = '/etc/roundcube';
const TABLES = '/usr/share/dbconfig-common/data/roundcube/install/sqlite3';
const FPM = '/usr/sbin/php-fpm8.2';
const NGINX = '/usr/sbin/nginx';
const NOBODY = 65534;

export interface RoundcubeServer {
  url: string;
  version: string;
  stop(): Promise<void>;
}

/** What is not installed, null when all is. */
export function missingForRoundcube(): string | null {
  const missing = [ROOT, TABLES, FPM, NGINX].filter((path) => !existsSync(path));
  if (missing.length === 0) return null;
  return `missing ${missing.join(', ')}: apt-get install roundcube-core roundcube-sqlite3 php-sqlite3 php-fpm nginx-light dovecot-imapd`;
}

/**
 * Roundcube as Debian brings it, at a Dovecot with IMAP: PHP with its opcode cache, and nginx that compresses and lets
 * browsers keep for a month what does not change, as Roundcube's own .htaccess asks of Apache.
 */
export async function startRoundcubeServer(servers: {
  imap: number;
  smtp: number;
}): Promise<RoundcubeServer> {
  const temp = makeTempDir('roundcube');
  const dir = temp.path;
  for (const name of ['temp', 'logs', 'nginx', 'config']) mkdirSync(join(dir, name));
  for (const name of ['defaults.inc.php', 'mimetypes.php'])
    copyFileSync(join(SETTINGS, name), join(dir, 'config', name));
  writeFileSync(join(dir, 'config', 'config.inc.php'), writeConfig(dir, servers));
  const makeTables =
    'import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())';
  execFileSync('python3', ['-c', makeTables, join(dir, 'roundcube.db'), TABLES]);
  const ports = { php: await findFreePort(), web: await findFreePort() };
  const asRoot = process.getuid?.() === 0;
  writeFileSync(join(dir, 'fpm.conf'), writeFpm(dir, ports.php, asRoot));
  writeFileSync(join(dir, 'nginx.conf'), writeNginx(dir, ports, asRoot));
  for (const name of asRoot ? ['', 'temp', 'logs', 'nginx', 'roundcube.db'] : [])
    chownSync(join(dir, name), NOBODY, NOBODY);
  const children: ChildServer[] = [];
  const stop = async (): Promise<void> => {
    for (const child of children.toReversed()) await child.stop();
    temp.remove();
  };
  try {
    children.push(await startChildServer(FPM, ['-F', '-y', join(dir, 'fpm.conf')], ports.php));
    children.push(await startChildServer(NGINX, ['-c', join(dir, 'nginx.conf')], ports.web));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://localhost:${ports.web}`, version: readVersion(), stop };
}

function readVersion(): string {
  const source = readFileSync('/usr/share/roundcube/program/include/iniset.php', 'utf8');
  return /RCMAIL_VERSION',\s*'([^']+)'/.exec(source)?.[1] ?? 'unknown';
}

function writeConfig(dir: string, { imap, smtp }: { imap: number; smtp: number }): string {
  return `<?php
$config = [];
$config['db_dsnw'] = 'sqlite:///${dir}/roundcube.db?mode=0640';
$config['imap_host'] = '127.0.0.1:${imap}';
$config['smtp_host'] = '127.0.0.1:${smtp}';
$config['smtp_user'] = '';
$config['smtp_pass'] = '';
$config['mail_domain'] = 'example.test';
$config['log_dir'] = '${dir}/logs/';
$config['temp_dir'] = '${dir}/temp/';
$config['des_key'] = 'a key of a bench, 24 byt';
$config['plugins'] = [];
$config['skin'] = 'elastic';
$config['language'] = 'en_US';
$config['enable_spellcheck'] = false;
$config['create_default_folders'] = true;
`;
}

function writeFpm(dir: string, port: number, asRoot: boolean): string {
  return `[global]
error_log = ${dir}/logs/fpm.log
daemonize = no
[www]
listen = 127.0.0.1:${port}
${asRoot ? 'user = nobody\ngroup = nogroup' : ''}
pm = static
pm.max_children = 4
env[ROUNDCUBE_CONFIG_DIR] = ${dir}/config
`;
}

function writeNginx(dir: string, ports: { php: number; web: number }, asRoot: boolean): string {
  return `daemon off;
${asRoot ? 'user nobody nogroup;' : ''}
pid ${dir}/nginx/pid;
error_log ${dir}/logs/nginx.log;
worker_processes 1;
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
  sendfile on;
  keepalive_timeout 75;
  gzip on;
  gzip_comp_level 6;
  gzip_types text/css text/javascript application/javascript application/json image/svg+xml text/plain;
  client_body_temp_path ${dir}/nginx/body;
  fastcgi_temp_path ${dir}/nginx/fastcgi;
  server {
    listen 127.0.0.1:${ports.web};
    root ${ROOT};
    index index.php;
    location ~ \\.php$ {
      fastcgi_pass 127.0.0.1:${ports.php};
      include /etc/nginx/fastcgi.conf;
    }
    location ~* \\.(?:js|css|png|svg|gif|woff2?|ico|json)$ { expires 30d; }
  }
}
`;
}
