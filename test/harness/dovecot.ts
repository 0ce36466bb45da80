import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Certificate } from './certificate.ts';
import { writeDovecotConfig } from './dovecot-config.ts';
import { findFreePort } from './ports.ts';
import { makeTempDir } from './tempdir.ts';

export interface DovecotOptions {
  /** Name to password. */
  users: Record<string, string>;
  /** Needed for STLS and implicit TLS. */
  certificate?: Certificate;
  /** One session for each maildrop (default: false). */
  lockSession?: boolean;
  /** Takes access tokens too (XOAUTH2, OAUTHBEARER), which it lets the provider judge; whose `username` it is decides the maildrop. */
  tokens?: { url: string; clientId: string; clientSecret: string };
  /** Lines put at the end of the configuration. */
  extra?: string;
}

export interface Dovecot {
  host: string;
  /** In the clear, with STLS when there is a certificate. */
  port: number;
  /** Implicit TLS; 0 without a certificate. */
  tlsPort: number;
  dir: string;
  /** Puts messages into a maildrop, byte by byte, oldest first. */
  deliver(user: string, messages: Uint8Array[]): void;
  /** The files that the maildrop still has. */
  listMaildrop(user: string): string[];
  /** Removes all mail of a user, and what Dovecot knows of it, so that UIDLs begin anew. */
  empty(user: string): void;
  /** What Dovecot logged so far. */
  readLog(): string;
  /** Ends Dovecot with all its sessions, at once; `start` brings it back on the same ports. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** `nobody`: Dovecot refuses to serve mail of root, and runs wholly unprivileged here. */
const OWNER = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** A Dovecot of its own on free loopback ports. Needs the component `dovecot`. */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  const temp = makeTempDir('dovecot');
  const dir = temp.path;
  const own = (path: string): string => {
    if (OWNER.uid !== undefined) chownSync(path, OWNER.uid, OWNER.gid);
    return path;
  };
  own(dir);
  const makeDir = (path: string): void => void own((mkdirSync(path, { recursive: true }), path));
  for (const name of ['run', 'state', 'mail']) makeDir(join(dir, name));
  const port = await findFreePort();
  const tlsPort = options.certificate === undefined ? 0 : await findFreePort();
  const config = writeDovecotConfig(dir, { ...options, port, tlsPort });
  for (const name of readdirSync(dir)) own(join(dir, name));
  const maildir = (user: string): string => join(dir, 'mail', user, 'Maildir');
  const prepare = (user: string): void => {
    makeDir(join(dir, 'mail', user));
    for (const name of ['', 'new', 'cur', 'tmp']) makeDir(join(maildir(user), name));
  };
  for (const user of Object.keys(options.users)) prepare(user);
  let delivered = 0;
  let child = spawnDovecot(config);
  await waitForGreeting(port);

  return {
    host: '127.0.0.1',
    port,
    tlsPort,
    dir,
    deliver(user, messages) {
      for (const message of messages) {
        const name = `${1_700_000_000 + Math.floor(++delivered / 1000)}.M${String(delivered % 1000).padStart(6, '0')}P1Q${delivered}.test`;
        const path = join(maildir(user), 'tmp', name);
        writeFileSync(path, message);
        renameSync(own(path), join(maildir(user), 'new', name));
      }
    },
    listMaildrop(user) {
      return ['new', 'cur'].flatMap((sub) =>
        readdirSync(join(maildir(user), sub)).map((name) => join(maildir(user), sub, name)),
      );
    },
    empty(user) {
      renameSync(join(dir, 'mail', user), join(dir, 'mail', `${user}.gone-${++delivered}`));
      prepare(user);
    },
    readLog: () => (existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8') : ''),
    async kill() {
      await endChild(child, 'SIGKILL');
    },
    async start() {
      child = spawnDovecot(config);
      await waitForGreeting(port);
    },
    async stop() {
      await endChild(child, 'SIGTERM');
      temp.remove();
    },
  };

  function spawnDovecot(file: string): ReturnType<typeof spawn> {
    chmodSync(file, 0o600);
    return spawn('/usr/sbin/dovecot', ['-F', '-c', file], { ...OWNER, stdio: 'ignore', detached: true });
  }
}

/** Dovecot's processes are a group of their own, so sessions end with the master also by SIGKILL. */
async function endChild(child: ReturnType<typeof spawn>, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(signal === 'SIGKILL' ? -child.pid! : child.pid!, signal);
  await ended;
}

async function waitForGreeting(port: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    const socket = connect(port, '127.0.0.1');
    try {
      const [data] = (await once(socket, 'data')) as [Buffer];
      if (data.toString().startsWith('+OK')) return;
    } catch (error) {
      if (tries > 200) throw new Error('Dovecot does not answer', { cause: error });
      await delay(25);
    } finally {
      socket.destroy();
    }
  }
}
