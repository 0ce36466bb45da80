import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import type { Account } from '../../common/shapes/account.ts';
import type { SignIn } from '../../common/shapes/session.ts';
import { findFreePort } from '../harness/ports.ts';
import { startSystem, type System } from '../harness/system.ts';
import { call } from './kill-rig.ts';
import { matchStarts, sumUp, type Lateness } from './lateness.ts';

/** Accounts of one user; a user may have a hundred. */
const OF_A_USER = 50;
/** Good hosts: each with its share of the accounts, and its cap of sessions. */
const GOOD_HOSTS = 50;
/** Four take the connection and never answer, three drop the SYN, three stall after PASS; ten send a byte a second. */
const BAD_HOSTS = [
  ...[1, 2, 3, 4].map((n) => `127.0.2.${n}`),
  ...[1, 2, 3].map((n) => `127.0.3.${n}`),
  ...[11, 12, 13].map((n) => `127.0.2.${n}`),
  ...Array.from({ length: 10 }, (_, n) => `127.0.2.${20 + n}`),
];
/** Until the schedule has seen what was changed under its hands. */
const NOTICE = 6000;
const SAMPLE = 200;

/** Whole Valija before a crowd of POP3 servers, some of which do not behave. */
export class FairnessRig {
  readonly #system: System;
  readonly #children: ChildProcess[];
  readonly #database: Sqlite.Database;
  readonly #good = new Map<string, string>();
  readonly #bad: string[] = [];
  readonly #starts = new Map<string, number[]>();

  private constructor(system: System, children: ChildProcess[]) {
    this.#system = system;
    this.#children = children;
    this.#database = new Sqlite(join(system.dataDir, 'profile-server', 'profile.sqlite'), {
      timeout: 10_000,
    });
  }

  /** With `count` accounts, the twenty bad ones among them, all paused. */
  static async open(count: number): Promise<FairnessRig> {
    const port = await findFreePort();
    const deafPort = await findFreePort();
    const crowd = fork(join(import.meta.dirname, 'crowd-child.ts'), [String(port)]);
    await once(crowd, 'message');
    const deaf = spawn(process.execPath, [
      join(import.meta.dirname, '..', 'fakes', 'deaf-listener.ts'),
      String(deafPort),
      ...BAD_HOSTS.filter(isDeaf),
    ]);
    await once(deaf.stdout, 'data');
    const system = await startSystem({ mode: 'start' });
    const rig = new FairnessRig(system, [crowd, deaf]);
    crowd.on('message', (told: [string, number][]) => {
      for (const [user, at] of told) rig.#starts.set(user, [...(rig.#starts.get(user) ?? []), at]);
    });
    await rig.#addAccounts(count, (host) => (isDeaf(host) ? deafPort : port));
    return rig;
  }

  async #addAccounts(count: number, portOf: (host: string) => number): Promise<void> {
    const base = this.#system.ready.profile ?? '';
    let token = '';
    for (let n = 0; n < count; n++) {
      if (n % OF_A_USER === 0) {
        const name = `fair${n / OF_A_USER}`;
        const signedIn = await call<SignIn>(base, 'session.register', {
          name,
          password: 'as fair as can be',
        });
        token = signedIn.tokens.profile;
      }
      const good = n - BAD_HOSTS.length;
      const host = good < 0 ? (BAD_HOSTS[n] ?? '') : `127.0.1.${1 + (good % GOOD_HOSTS)}`;
      const user = `u${n}`;
      const account = await call<Account>(
        base,
        'account.add',
        {
          settings: {
            email: `${user}@example.org`,
            name: null,
            pop3: { host, port: portOf(host), tls: 'none', user, auth: 'user' },
            send: { way: 'relay', smtp: null },
            keep: 'always',
            interval: 60,
            paused: true,
          },
          secrets: { pop3Password: 'any' },
        },
        token,
      );
      if (good < 0) this.#bad.push(account.id);
      else this.#good.set(account.id, user);
    }
  }

  /** Polls all, due at the same moment at first, for some rounds of `interval` seconds: how late the good ones were. */
  async run(how: { interval: number; rounds: number; withBad: boolean }): Promise<Lateness> {
    const { interval, rounds, withBad } = how;
    await this.#settle();
    const first = Date.now() + NOTICE;
    const which = withBad ? '' : `AND account NOT IN (${this.#bad.map(() => '?').join(', ')})`;
    this.#database
      .prepare(
        `UPDATE poll SET paused = 0, least_seconds = ?, wait_seconds = ?, next_at = ?
          WHERE account NOT IN (SELECT account FROM lease) ${which}`,
      )
      .run(interval, interval, first, ...(withBad ? [] : this.#bad));
    const end = first + rounds * interval * 1000 * 1.05;
    const dues = new Map([...this.#good.keys()].map((account) => [account, [first]]));
    const free = this.#database.prepare<[], { account: string; next_at: number }>(
      'SELECT account, next_at FROM poll WHERE next_at IS NOT NULL AND account NOT IN (SELECT account FROM lease)',
    );
    while (Date.now() < end) {
      await delay(SAMPLE);
      for (const { account, next_at } of free.all()) {
        const known = dues.get(account);
        if (known !== undefined && known.at(-1) !== next_at && next_at > first) known.push(next_at);
      }
    }
    const late = [...this.#good].flatMap(([account, user]) =>
      matchStarts(dues.get(account) ?? [], this.#starts.get(user) ?? [], end),
    );
    return sumUp(late);
  }

  /** Nobody is polled any more; what is under way at good hosts ends. */
  async #settle(): Promise<void> {
    this.#database.exec(
      'UPDATE poll SET paused = 1, next_at = NULL WHERE account NOT IN (SELECT account FROM lease)',
    );
    const held = this.#database.prepare<[], { account: string }>('SELECT account FROM lease');
    while (held.all().some(({ account }) => this.#good.has(account))) await delay(SAMPLE);
    this.#database.exec(
      'UPDATE poll SET paused = 1, next_at = NULL WHERE account NOT IN (SELECT account FROM lease)',
    );
  }

  /** Sessions that the accounts at bad hosts had at hosts that tell of them. */
  countBadSessions(): number {
    return BAD_HOSTS.reduce((sum, _, n) => sum + (this.#starts.get(`u${n}`)?.length ?? 0), 0);
  }

  async close(): Promise<void> {
    this.#database.close();
    for (const child of this.#children) child.kill('SIGKILL');
    await this.#system.stop();
  }
}

function isDeaf(host: string): boolean {
  return host.startsWith('127.0.3.');
}
