import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, test } from 'node:test';
import { findSlot, makePacer } from '../../../smtp-relay/transport/pool/pace.ts';
import { makePoolKey } from '../../../smtp-relay/transport/pool/pool-key.ts';
import { findLimits } from '../../../smtp-relay/transport/pool/session-limits.ts';
import {
  makeSessionPool,
  type PoolLimits,
  type SessionPool,
} from '../../../smtp-relay/transport/pool/session-pool.ts';
import type { SessionTarget, SmtpSession } from '../../../smtp-relay/transport/smtp-session.ts';

const target: SessionTarget = { host: 'mx.x.test', port: 25, tls: 'opportunistic', login: null };
const key = (change: Partial<SessionTarget> = {}, account: string | null = null) =>
  makePoolKey({ ...target, ...change }, account === null ? null : { user: 'u', account });
const login = (secret: string, user = 'me') => ({ login: { user, secret, auth: 'plain' as const } });

test('two mails share a session only with the same host, port, TLS demand, credential and account', () => {
  const texts = [
    key(),
    key({ host: 'mx2.x.test' }),
    key({ port: 26 }),
    key({ tls: 'starttls' }),
    key(login('one')),
    key(login('two')),
    key(login('one', 'you')),
    key({ login: { user: 'me', secret: 'one', auth: 'xoauth2' } }),
    key(login('one'), 'acc_1'),
    key(login('one'), 'acc_2'),
  ].map(({ text }) => text);
  assert.equal(new Set(texts).size, texts.length);
  assert.equal(key(login('one'), 'acc_1').text, key(login('one'), 'acc_1').text);
  assert.ok(!texts.some((text) => text.includes('one')), 'the secret does not stand in it');
});

test('limits of providers are kept, others are general', () => {
  const { connections, mails, perMinute } = findLimits('smtp.office365.com');
  assert.deepEqual([connections, mails, perMinute], [3, 100, 30]);
  assert.equal(findLimits('SMTP.gmail.com').connections, 5);
  assert.deepEqual([findLimits('mx.x.test').connections, findLimits('mx.x.test').perMinute], [20, null]);
});

test('30 a minute leave at once, the next when the first is a minute old', async () => {
  const thirty = Array.from({ length: 30 }, (_, index) => index);
  assert.equal(findSlot([], 30, 5), 5);
  assert.equal(findSlot(thirty.slice(1), 30, 50), 50);
  assert.equal(findSlot(thirty, 30, 50), 60_000);
  assert.equal(findSlot(thirty, 30, 70_000), 70_000);
  const pacer = makePacer(() => 1000);
  const stopping = new AbortController();
  await pacer.wait('a', 1, stopping.signal);
  await pacer.wait('b', 1, stopping.signal);
  await pacer.wait('a', null, stopping.signal);
  const waiting = pacer.wait('a', 1, stopping.signal);
  stopping.abort();
  await assert.rejects(waiting, { stopped: true });
});

describe('the pool', () => {
  let pool: SessionPool = makeSessionPool();
  let opened: FakeSession[] = [];
  afterEach(() => {
    pool.close();
    pool = makeSessionPool();
    opened = [];
  });
  interface FakeSession extends SmtpSession {
    usable: boolean;
    closed: boolean;
    ended: (() => void) | null;
  }
  const limits: PoolLimits = { connections: 2, mails: 3, idle: 10_000, age: 10_000 };
  const { signal } = new AbortController();
  const open = async (): Promise<SmtpSession> => {
    const session: FakeSession = {
      tls: null,
      extensions: new Map(),
      usable: true,
      closed: false,
      ended: null,
      get isUsable() {
        return this.usable && !this.closed;
      },
      isUnheard: false,
      send: async () => new Map(),
      watch(ended) {
        this.ended = ended;
      },
      retire() {
        this.usable = false;
      },
      close() {
        this.closed = true;
      },
    };
    opened.push(session);
    return session;
  };
  const take = async (which = key(), change: Partial<PoolLimits> = {}, fresh = false) =>
    await pool.take(which, { open, limits: { ...limits, ...change }, signal, fresh });

  test('keeps a session for the next mail, and ends it after as many as it may carry', async () => {
    const reused: boolean[] = [];
    for (let mail = 0; mail < 4; mail++) {
      const pooled = await take();
      reused.push(pooled.isReused);
      pooled.giveBack();
    }
    assert.deepEqual(reused, [false, true, true, false]);
    assert.deepEqual(
      opened.map(({ closed }) => closed),
      [true, false],
    );
    assert.equal(pool.open, 1);
  });

  test('gives none to another key', async () => {
    (await take(key(login('one'), 'acc_1'))).giveBack();
    assert.equal((await take(key(login('one'), 'acc_2'))).isReused, false);
  });

  test('ends what waits too long, what the server ended, and what is not usable any more', async () => {
    (await take(key(), { idle: 1 })).giveBack();
    await setTimeout(20);
    assert.equal(opened[0]?.closed, true);
    (await take()).giveBack();
    opened[1]?.ended?.();
    assert.equal(opened[1]?.closed, true);
    const pooled = await take();
    if (opened[2] !== undefined) opened[2].usable = false;
    pooled.giveBack();
    assert.equal(opened[2]?.closed, true);
    assert.equal(pool.open, 0);
  });

  test('lets who comes too many wait, and hands the session on; a failed one gives its right away', async () => {
    const [one, two] = [await take(), await take()];
    const third = take();
    const fourth = take();
    one.giveBack();
    assert.equal((await third).session, one.session);
    if (opened[1] !== undefined) opened[1].usable = false;
    two.giveBack();
    assert.equal((await fourth).isReused, false);
    assert.equal(opened.length, 3);
    assert.equal(pool.open, 2);
    const stopping = new AbortController();
    const late = pool.take(key(), { open, limits, signal: stopping.signal });
    stopping.abort();
    await assert.rejects(late, { stopped: true });
    const failing = makeSessionPool();
    const refuse = async (): Promise<SmtpSession> => await Promise.reject(new Error('refused'));
    const one1 = { ...limits, connections: 1 };
    const tries = [1, 2, 3].map(
      async () => await failing.take(key(), { open: refuse, limits: one1, signal }),
    );
    assert.deepEqual(
      (await Promise.allSettled(tries)).map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    assert.equal(failing.open, 0);
  });

  test('a credential that was taken back ends its sessions: those that wait now, the others after their mail', async () => {
    const mine = key(login('one'), 'acc_1');
    const [idle, busy] = [await take(mine), await take(mine)];
    const other = await take(key());
    idle.giveBack();
    other.giveBack();
    pool.closeWhere(({ user }) => user === 'u');
    assert.deepEqual(
      opened.map(({ closed }) => closed),
      [true, false, false],
    );
    busy.giveBack();
    assert.equal(opened[1]?.closed, true);
    assert.equal((await take(mine)).isReused, false);
  });

  test('a credential that is taken back while its session opens ends it too', async () => {
    const mine = key(login('one'), 'acc_1');
    const allowed = Promise.withResolvers<void>();
    const slowly = async (): Promise<SmtpSession> => {
      await allowed.promise;
      return await open();
    };
    const taking = pool.take(mine, { open: slowly, limits, signal });
    pool.closeWhere(({ account }) => account === 'acc_1');
    allowed.resolve();
    (await taking).giveBack();
    assert.equal(opened[0]?.closed, true);
  });

  test('a fresh one is wanted where the kept ones may be dead', async () => {
    (await take()).giveBack();
    assert.equal((await take(key(), {}, true)).isReused, false);
    assert.equal(opened[0]?.closed, true);
  });

  test('who waits for a fresh one gets none that is handed on, but its right to open one', async () => {
    const one = await take(key(), { connections: 1 });
    const wanting = take(key(), { connections: 1 }, true);
    one.giveBack();
    const fresh = await wanting;
    assert.equal(fresh.isReused, false);
    assert.deepEqual(
      opened.map(({ closed }) => closed),
      [true, false],
    );
    assert.equal(pool.open, 1);
    fresh.giveBack();
    assert.equal((await take(key(), { connections: 1 })).session, fresh.session);
  });
});
