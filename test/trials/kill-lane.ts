import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startDovecot, type Dovecot } from '../harness/dovecot.ts';
import { findPortBase } from '../harness/ports.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.ts';
import { makeTempDir } from '../harness/tempdir.ts';
import { makeMessages } from '../storage-server/retrieval/store.ts';
import { call, hashOf, startArmed, StoreReader, type CrashPoint } from './kill-rig.ts';

const SIGN_IN = { name: 'killed', password: 'correct horse battery 1' };
const MESSAGES = 12;
/** Every so often a mail that is spooled and becomes a file. */
const LARGE_EVERY = 10;
const TOKEN_LIFE = 10 * 60_000;

interface SignedIn {
  tokens: { profile: string; storage: string };
}

/**
 * One Valija with one maildrop that is killed again and again with retention `delete`: all of it (`start`), or the
 * storage-server alone, beside a profile-server that lives on.
 */
export class KillLane {
  readonly #temp = makeTempDir('kill');
  readonly #whole: boolean;
  readonly #store = new StoreReader(this.#dataDir);
  /** Of every message: how often it is in the store. Made before anything is retrieved. */
  readonly #counts = new Map<string, number>();
  /** Delivered and not in the store when last looked at. */
  readonly #open = new Set<string>();
  /** Milliseconds from the start of the process to its ready line, after a kill. */
  readonly starts: number[] = [];
  #portBase = 0;
  #dovecot: Dovecot | null = null;
  #proxy: TcpProxy | null = null;
  #profile: ServerProcess | null = null;
  #server: ServerProcess | null = null;
  #token: { storage: string; until: number } | null = null;
  #rounds = 0;

  constructor(whole: boolean) {
    this.#whole = whole;
  }

  /** Server, user and account, and one poll that went through. */
  async open(): Promise<void> {
    this.#portBase = await findPortBase();
    this.#dovecot = await startDovecot({ users: { alice: 'secret' } });
    // A little distance, so that every step of a session lasts long enough to be hit.
    this.#proxy = await startTcpProxy({ host: '127.0.0.1', port: this.#dovecot.port }, { delayMs: 3 });
    const { tokens } = await this.#enrol();
    const settings = {
      email: 'alice@example.org',
      name: null,
      pop3: { host: '127.0.0.1', port: this.#proxy.port, tls: 'none', user: 'alice', auth: 'auto' },
      send: { way: 'relay', smtp: null },
      keep: 'delete',
      interval: 86_400,
    };
    const account = { settings, secrets: { pop3Password: 'secret' } };
    await call(this.#profileUrl, 'account.add', account, tokens.profile);
    this.#deliver();
    await this.#check();
    await this.#server?.kill();
  }

  /** The first start, and an administrator who lets the storage-server in where it runs alone. */
  async #enrol(): Promise<SignedIn> {
    if (this.#whole) {
      await this.#start(null);
      return await call<SignedIn>(this.#profileUrl, 'session.register', SIGN_IN);
    }
    this.#profile = await startArmed(['serve', 'profile-server', ...this.#args], null, this.#cache);
    const { setupCode } = this.#profile.ready;
    const admin = await call<SignedIn>(this.#profileUrl, 'session.register', { ...SIGN_IN, setupCode });
    const kind = { kind: 'storage-server' };
    const { code } = await call<{ code: string }>(
      this.#profileUrl,
      'part.makeCode',
      kind,
      admin.tokens.profile,
    );
    await this.#start(null, ['--enrol', code]);
    return admin;
  }

  get #profileUrl(): string {
    return (this.#profile ?? this.#server)?.ready.profile ?? '';
  }

  get #args(): string[] {
    return ['--data', this.#dataDir, '--port-base', `${this.#portBase}`];
  }

  get #cache(): string {
    return join(this.#temp.path, 'compiled');
  }

  get #dataDir(): string {
    return join(this.#temp.path, 'data');
  }

  /** New mail, a start, a poll that dies at the point, or `after` ms after it began; then everything is there or here, once. */
  async kill(how: { point: CrashPoint } | { after: number }): Promise<void> {
    this.#deliver();
    const began = performance.now();
    const server = await this.#start('point' in how ? how.point : null);
    this.starts.push(performance.now() - began);
    const checking = this.#check().catch(() => undefined);
    if ('after' in how) await delay(how.after);
    else {
      await checking;
      const died = await Promise.race([server.ended.then(() => true), delay(5000, false)]);
      assert.ok(died, `${how.point.name} was not passed ${how.point.nth} times`);
    }
    await server.kill();
    await checking;
    await this.#assertNothingLost();
  }

  /** A last poll: the maildrop is empty, and the store holds every message once, byte by byte. */
  async finish(): Promise<number> {
    this.#deliver();
    const server = await this.#start(null);
    await this.#check();
    await server.stop();
    assert.deepEqual(this.#dovecot?.listMaildrop('alice'), []);
    await this.#readStore();
    const wrong = [...this.#counts.values()].filter((count) => count !== 1);
    assert.deepEqual(wrong, [], 'lost or doubled');
    return this.#counts.size;
  }

  async close(): Promise<void> {
    await this.#server?.kill();
    await this.#profile?.kill();
    await this.#proxy?.close();
    await this.#dovecot?.stop();
    this.#temp.remove();
  }

  async #start(point: CrashPoint | null, more: string[] = []): Promise<ServerProcess> {
    const command = this.#whole ? ['start'] : ['serve', 'storage-server', ...more];
    this.#server = await startArmed([...command, ...this.#args], point, this.#cache);
    return this.#server;
  }

  #deliver(): void {
    const mails = makeMessages(MESSAGES, `round-${++this.#rounds}`);
    if (this.#rounds % LARGE_EVERY === 0) {
      const noise = randomBytes(1_000_000).toString('base64').replace(/.{76}/g, '$&\r\n');
      mails.push(Buffer.from(`Subject: large ${this.#rounds}\r\n\r\n${noise}\r\n`));
    }
    for (const hash of mails.map(hashOf)) {
      this.#counts.set(hash, 0);
      this.#open.add(hash);
    }
    this.#dovecot?.deliver('alice', mails);
  }

  /** Polls until it went through. */
  async #check(): Promise<void> {
    if (this.#token === null || this.#token.until < Date.now()) {
      const { tokens } = await call<SignedIn>(this.#profileUrl, 'session.signIn', SIGN_IN);
      this.#token = { storage: tokens.storage, until: Date.now() + TOKEN_LIFE };
    }
    const answer = await call<{ accounts: { error: unknown }[] }>(
      this.#server?.ready.storage ?? '',
      'check.run',
      {},
      this.#token.storage,
    );
    assert.deepEqual(
      answer.accounts.map(({ error }) => error),
      [null],
    );
  }

  async #readStore(): Promise<void> {
    for (const hash of await this.#store.readNew()) {
      const count = this.#counts.get(hash);
      assert.ok(count !== undefined, 'a mail that nobody sent is there');
      assert.equal(count, 0, 'a mail is there twice');
      this.#counts.set(hash, 1);
      this.#open.delete(hash);
    }
  }

  async #assertNothingLost(): Promise<void> {
    await this.#readStore();
    for (let tries = 0; ; tries++) {
      const there = this.#hashMaildrop();
      const lost = [...this.#open].filter((hash) => !there.has(hash));
      if (lost.length === 0) return;
      // Dovecot renames files while it ends the session that was cut: one may be looked for between two names.
      assert.ok(tries < 20, `${lost.length} mails are lost`);
      await delay(50);
    }
  }

  #hashMaildrop(): Set<string> {
    const hashes = new Set<string>();
    for (const file of this.#dovecot?.listMaildrop('alice') ?? []) {
      try {
        hashes.add(hashOf(readFileSync(file)));
      } catch (error) {
        assert.ok(error instanceof Error && 'code' in error && error.code === 'ENOENT', String(error));
      }
    }
    return hashes;
  }
}
