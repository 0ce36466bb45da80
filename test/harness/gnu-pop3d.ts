import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from './certificate.ts';
import { startChildServer } from './child-server.ts';
import { findFreePort } from './ports.ts';
import { makeTempDir } from './tempdir.ts';

export interface GnuPop3d {
  /** In the clear with STLS, and implicit TLS. */
  port: number;
  tlsPort: number;
  /** How users sign in: GNU pop3d keeps them in a virtual domain. */
  nameOf(user: string): string;
  /** Puts messages into a maildrop, oldest first. */
  deliver(user: string, messages: Uint8Array[]): void;
  /** How many messages the maildrop still has. */
  count(user: string): number;
  log(): string;
  stop(): Promise<void>;
}

const DOMAIN = 'gnu.example';

/**
 * GNU Mailutils' pop3d on free loopback ports, a POP3 server that has no line in common with Dovecot. It adds an `X-UIDL` line to the header of
 * what it hands out, does STLS and PIPELINING, and locks maildrops. Needs the component `gnu-pop3d`, and root: it switches its group.
 */
export async function startGnuPop3d(options: {
  /** Name to password. */
  users: Record<string, string>;
  certificate: Certificate;
}): Promise<GnuPop3d> {
  const temp = makeTempDir('gnu-pop3d');
  const dir = temp.path;
  const path = (...names: string[]): string => join(dir, ...names);
  for (const name of ['domains', 'locks', 'home']) mkdirSync(path(name));
  writeFileSync(path('cert.pem'), options.certificate.cert);
  writeFileSync(path('key.pem'), options.certificate.key, { mode: 0o600 });
  const users = Object.entries(options.users);
  const maildir = (user: string): string => path('home', user, 'INBOX');
  for (const [user] of users) {
    for (const sub of ['new', 'cur', 'tmp']) mkdirSync(join(maildir(user), sub), { recursive: true });
  }
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const lines = users.map(([user, password]) => {
    const hash = execFileSync('openssl', ['passwd', '-6', '-stdin'], { input: password }).toString().trim();
    return `${user}:${hash}:${uid}:${gid}::${path('home', user)}:/bin/sh\n`;
  });
  writeFileSync(path('domains', DOMAIN), lines.join(''));
  const [port, tlsPort] = [await findFreePort(), await findFreePort()];
  const tls = `tls { ssl-certificate-file "${path('cert.pem')}"; ssl-key-file "${path('key.pem')}"; };`;
  writeFileSync(
    path('pop3d.conf'),
    `mode daemon;
foreground yes;
max-children 50;
logging { syslog no; };
virtdomain { passwd-dir "${path('domains')}"; };
auth { authentication generic; authorization virtdomain; };
mandatory-locking { enable yes; lock-directory "${path('locks')}"; };
server 127.0.0.1:${port} { tls-mode ondemand; ${tls} };
server 127.0.0.1:${tlsPort} { tls-mode connection; ${tls} };
`,
  );
  const args = ['--no-site-config', `--config-file=${path('pop3d.conf')}`];
  const child = await startChildServer('/usr/sbin/pop3d', args, port);
  let delivered = 0;
  return {
    port,
    tlsPort,
    nameOf: (user) => `${user}@${DOMAIN}`,
    deliver(user, messages) {
      for (const message of messages) {
        const name = `${1_700_000_000 + ++delivered}.M1P1Q${delivered}.test`;
        // Its maildirs hold LF lines; CRLF comes on the wire.
        const text = Buffer.from(message).toString('latin1').replaceAll('\r\n', '\n');
        writeFileSync(join(maildir(user), 'tmp', name), text, 'latin1');
        renameSync(join(maildir(user), 'tmp', name), join(maildir(user), 'new', name));
      }
    },
    count: (user) =>
      ['new', 'cur'].reduce((sum, sub) => sum + readdirSync(join(maildir(user), sub)).length, 0),
    log: () => child.log(),
    async stop() {
      // It waits for sessions that a failed test left open.
      const timer = setTimeout(() => child.process.kill('SIGKILL'), 2000);
      await child.stop();
      clearTimeout(timer);
      temp.remove();
    },
  };
}
