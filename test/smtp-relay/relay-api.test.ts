import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { createTRPCClient, httpLink } from '@trpc/client';
import { makeServiceLinks } from '../../server-kit/service-client.ts';
import type { RelayRouter } from '../../smtp-relay/router.ts';
import { makeAuthority } from '../harness/certificate.ts';
import { missingComponent } from '../harness/component.ts';
import { enrolHome, sendMail } from '../harness/relay.ts';
import { startRelaySending, type RelaySending } from '../harness/relay-sending.ts';
import { makeTempDir } from '../harness/tempdir.ts';

let sending: RelaySending;

before(async () => {
  sending = await startRelaySending();
});
after(async () => await sending?.stop());

function makeClient(token: string | null) {
  const { href, origin } = new URL('/trpc', sending.relay.url);
  const headers = token === null ? { origin } : { authorization: `Bearer ${token}` };
  return createTRPCClient<RelayRouter>({ links: [httpLink({ url: href, headers })] });
}
const asHome = () => sending.world.asHome(sending.relay);
const asUser = async () => makeClient(await sending.world.tokenForRelay());
const refused = (code: string) => (error: { data?: { valija?: { code?: string } } }) =>
  error.data?.valija?.code === code;

describe('who may call', () => {
  const smtp = { host: '127.0.0.1', port: 9, tls: 'none', user: null, auth: 'none' } as const;
  const calls = {
    'queue.list': async (c: ReturnType<typeof makeClient>) => await c.queue.list.query({}),
    'route.explain': async (c: ReturnType<typeof makeClient>) =>
      await c.route.explain.query({ from: 'a@x.test', to: 'b@x.test' }),
    'route.check': async (c: ReturnType<typeof makeClient>) =>
      await c.route.check.query({ user: sending.world.user, from: 'a@x.test', to: ['b@x.test'] }),
    'route.domains': async (c: ReturnType<typeof makeClient>) =>
      await c.route.domains.query({ domains: ['x.test'] }),
    'route.test': async (c: ReturnType<typeof makeClient>) =>
      await c.route.test.mutate({ smtp, secret: null }),
    'result.claim': async (c: ReturnType<typeof makeClient>) =>
      await c.result.claim.mutate({ outbox: null, ack: 0, wait: false }),
  };
  for (const [name, call] of Object.entries(calls)) {
    test(`${name}: nobody without a token, or with one for another part`, async () => {
      await assert.rejects(call(makeClient(null)), refused('not-signed-in'));
      const foreign = await sending.world.homeKey.signServiceToken('profile');
      await assert.rejects(call(makeClient(foreign)), refused('not-signed-in'));
    });
  }

  test('a user may neither claim results nor test smarthosts; a part lists no queue', async () => {
    const user = await asUser();
    await assert.rejects(calls['result.claim'](user), refused('forbidden'));
    await assert.rejects(calls['route.test'](user), refused('forbidden'));
    await assert.rejects(calls['route.check'](user), refused('forbidden'));
    await assert.rejects(calls['route.domains'](user), refused('forbidden'));
    await assert.rejects(asHome().queue.list.query({}), refused('forbidden'));
    await assert.rejects(calls['route.explain'](asHome()), refused('invalid'));
  });

  test('a storage-server asks about its own users only', async () => {
    const { world, relay } = sending;
    const directory = join(world.dataDir, 'other-storage');
    const other = await enrolHome(world.profile, directory, world.settings, world.clock);
    const links = (key: typeof other) =>
      makeServiceLinks<RelayRouter>({ url: relay.url, audience: relay.partId, key });
    const questions = (api: ReturnType<typeof asHome>) => [
      async () => await api.suppression.list.query({ user: world.user }),
      async () => await api.suppression.remove.mutate({ user: world.user, addresses: ['a@x.test'] }),
      async () => await api.route.check.query({ user: world.user, from: 'a@x.test', to: ['b@x.test'] }),
      async () => await api.route.explain.query({ user: world.user, from: 'a@x.test', to: 'b@x.test' }),
    ];
    for (const ask of questions(asHome())) await ask();
    const foreign = createTRPCClient<RelayRouter>({ links: links(other) });
    for (const ask of questions(foreign)) await assert.rejects(ask(), refused('not-found'));
  });

  test('a user asks about his own routes only', async () => {
    const bob = await sending.world.addUser('bob');
    const user = await asUser();
    const question = { from: 'a@x.test', to: 'b@x.test' };
    await assert.rejects(user.route.explain.query({ ...question, user: bob }), refused('forbidden'));
    const own = await user.route.explain.query(question);
    assert.deepEqual([own.allowed, own.reason], [false, 'not-your-address']);
  });
});

describe('queue list', () => {
  test('shows what waits, to its owner, with why', async () => {
    const fake = await sending.startFake({
      script: (connection, verb) => {
        if (verb !== 'RCPT') return false;
        connection.say('450 4.2.0 later');
        return true;
      },
    });
    const from = await sending.addSender(fake.port);
    await sending.sendAndTake({ from, to: ['x@x.test', 'y@y.test'], key: 'listed' }, 2);
    const { items, next } = await (await asUser()).queue.list.query({ limit: 1 });
    assert.ok(next);
    const [item] = items;
    assert.deepEqual(
      [item?.from, item?.recipient, item?.state, item?.route, item?.attempts, item?.error],
      [from, 'x@x.test', 'deferred', 'smarthost', 1, '450 4.2.0 later'],
    );
    assert.ok(item?.nextTry);
    const rest = await (await asUser()).queue.list.query({ limit: 10, after: next });
    assert.deepEqual(
      rest.items.map((one) => one.recipient),
      ['y@y.test'],
    );
  });
});

describe('route test', { skip: missingComponent('openssl') }, () => {
  const directory = makeTempDir('route-test');
  after(() => directory.remove());
  const authority = makeAuthority(directory.path);

  test('tells what a person can act on', async () => {
    const login = { user: 'me', password: 'right' };
    const plain = await sending.startFake({ login });
    const certificate = authority.issue(['127.0.0.1']);
    const secure = await sending.startFake({ login, certificate });
    const implicit = await sending.startFake({ login, certificate, implicitTls: true });
    const base = { host: '127.0.0.1', user: 'me', auth: 'auto' } as const;
    const ask = async (port: number, tls: 'none' | 'starttls' | 'implicit', secret = 'right') => {
      const {
        ok,
        error,
        tls: used,
      } = await asHome().route.test.mutate({ smtp: { ...base, port, tls }, secret });
      return [ok, error?.code ?? null, used];
    };
    assert.deepEqual(await ask(plain.port, 'none'), [true, null, null]);
    assert.deepEqual(await ask(plain.port, 'none', 'wrong'), [false, 'auth-failed', null]);
    assert.deepEqual(await ask(plain.port, 'starttls'), [false, 'tls', null]);
    assert.deepEqual(await ask(secure.port, 'starttls'), [false, 'tls', null], 'an authority nobody trusts');
    assert.deepEqual(await ask(implicit.port, 'implicit'), [false, 'tls', null]);
    assert.ok(![...secure.commands, ...implicit.commands].some((line) => line.includes('AUTH')));
    authority.trust();
    assert.deepEqual(await ask(secure.port, 'starttls'), [true, null, 'TLSv1.3']);
    assert.deepEqual(await ask(implicit.port, 'implicit'), [true, null, 'TLSv1.3']);
    assert.deepEqual(await ask(1, 'none'), [false, 'connect-refused', null]);
    const inside = { ...base, host: '10.0.0.1', port: 25, tls: 'none' } as const;
    const answer = await asHome().route.test.mutate({ smtp: inside, secret: null });
    assert.deepEqual([answer.ok, answer.error?.code], [false, 'host-not-allowed']);
  });
});

describe('result claim', () => {
  test('waits for the next result, and ends when the relay stops', async () => {
    const fake = await sending.startFake({});
    const from = await sending.addSender(fake.port);
    const { outbox, results } = await asHome().result.claim.mutate({ outbox: null, ack: 0, wait: false });
    const last = results.at(-1)?.seq ?? 0;
    const waiting = asHome().result.claim.mutate({ outbox, ack: last, wait: true });
    const dialog = await sending.world.signIn(sending.relay);
    await sendMail(dialog, { from, to: ['b@x.test'], key: 'woken' });
    dialog.close();
    assert.deepEqual(
      (await waiting).results.map((result) => result.sendKey),
      ['woken'],
    );
    const endless = asHome().result.claim.mutate({ outbox, ack: last + 1, wait: true });
    const [ended] = await Promise.allSettled([endless, sending.restartLater(0)]);
    if (ended.status === 'fulfilled') assert.deepEqual(ended.value.results, []);
  });
});

describe('HTTP', () => {
  test('health and metrics', async () => {
    const health = await fetch(new URL('/health', sending.relay.url));
    assert.equal(health.status, 200);
    const metrics = await (await fetch(new URL('/metrics', sending.relay.url))).text();
    assert.match(metrics, /^valija_relay_recipients_waiting \d+$/m);
    assert.doesNotMatch(metrics, /@|127\.0\.0\.1/);
  });
});
