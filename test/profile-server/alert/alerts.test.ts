import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, it } from 'node:test';
import type { AlertMessage } from '../../../common/shapes/alert.ts';
import { deliverDue, type Deliverer } from '../../../profile-server/alert/deliver-alerts.ts';
import { lookOnce, makeWatch } from '../../../profile-server/alert/watch.ts';
import { Hints } from '../../../profile-server/hints.ts';
import { makeEgressGuard } from '../../../server-kit/egress/guard.ts';
import { signWebhook } from '../../../profile-server/alert/webhook.ts';
import { openAlert, resolveAlert } from '../../../profile-server/alert/alert-store.ts';
import { migrations } from '../../../profile-server/migrations/migrations.ts';
import { openDatabase } from '../../../server-kit/database/open.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import { silentLogger } from '../../../server-kit/log.ts';
import { onBothEngines } from '../engines.ts';
import { registerUser, type TestUser } from '../sample.ts';
import { refusal, startServer, type EnrolledPart, type RunningServer } from '../start-server.ts';

interface Post {
  headers: IncomingMessage['headers'];
  body: string;
}

/** A receiver of webhooks that refuses the first post. */
async function startReceiver(): Promise<{ server: Server; url: string; next(): Promise<Post> }> {
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      response.statusCode = server.listenerCount('refused') > 0 ? 500 : 204;
      server.emit('refused');
      response.end();
      posts.push({ headers: request.headers, body });
      server.emit('post');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const next = async (): Promise<Post> => {
    while (posts.length === 0) await once(server, 'post');
    return posts.shift()!;
  };
  return { server, url: `http://127.0.0.1:${port}/hook`, next };
}

onBothEngines('alerts', (engine) => {
  let running: RunningServer;
  let admin: TestUser;
  let relay: EnrolledPart;
  let db: Database;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let secret: string;
  /** Another process on the same database, whose loops do not run by themselves. */
  let another: Deliverer & Parameters<typeof lookOnce>[0];
  const watch = makeWatch();
  before(async () => {
    receiver = await startReceiver();
    const database = engine.setting();
    running = await startServer({ database, settings: { allowNetworks: ['127.0.0.0/8'] } });
    await running.enrolHome();
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    relay = await running.enrol('smtp-relay');
    db = await openDatabase({
      database,
      file: `${running.dataDir}/profile.sqlite`,
      schema: 'profile',
      migrations,
      log: silentLogger,
    });
  });
  before(() => {
    another = {
      db,
      clock: running.clock,
      random: randomBytes,
      hints: new Hints(),
      log: silentLogger,
      settings: { publicUrl: running.url } as never,
      // The seal itself has tests of its own; here it is only taken off.
      masterKey: { unseal: () => Buffer.from(secret) } as never,
      egress: makeEgressGuard({ allowNetworks: ['127.0.0.0/8'], dns: null }),
    };
  });
  after(async () => {
    await db?.close();
    await running?.stop();
    receiver?.server.close();
  });

  it('a test reaches webhook and mailbox', async () => {
    const hook = { kind: 'webhook', address: receiver.url } as const;
    const added = await admin.client.alert.addTarget.mutate(hook);
    assert.ok(added.secret !== null);
    secret = added.secret;
    const mail = { kind: 'mail', address: 'ops@uni.example', language: 'es' } as const;
    const { id } = await admin.client.alert.addTarget.mutate(mail);
    await admin.client.alert.test.mutate({ id: added.id });
    await admin.client.alert.test.mutate({ id });
    const post = await receiver.next();
    const timestamp = Number(post.headers['x-valija-timestamp']);
    assert.equal(post.headers['x-valija-signature'], signWebhook(secret, timestamp, post.body));
    assert.equal((JSON.parse(post.body) as AlertMessage).event, 'test');
    const { notices } = await relay.client.notice.claim.mutate({ done: [], wait: true });
    assert.equal(notices[0]?.to, 'ops@uni.example');
    const text = Buffer.from(notices[0].message.split('\r\n\r\n')[1] ?? '', 'base64').toString();
    assert.match(text, /^Esto es una prueba/);
    await relay.client.notice.claim.mutate({ done: notices.map((one) => one.id), wait: false });
  });

  it('no answer holds a secret', async () => {
    const answer = JSON.stringify(await admin.client.alert.list.query({ all: true }));
    assert.ok(!answer.includes(secret));
    assert.match(answer, /ops@uni\.example/);
  });

  it('a rule takes thresholds of its kind only', async () => {
    const rule = { kind: 'disk-low', enabled: true, threshold: 95 } as const;
    assert.equal((await refusal(admin.client.alert.set.mutate(rule))).reason, 'alert-threshold');
    await admin.client.alert.set.mutate({ ...rule, threshold: 20 });
    const { rules } = await admin.client.alert.list.query({});
    assert.equal(rules.find(({ kind }) => kind === 'disk-low')?.threshold, 20);
  });

  it('what is wrong is told once, again until it was taken, and that it is over', async () => {
    const report = async (free: number): Promise<void> => {
      const facts = { disk: { free, total: 100 }, queue: null, mails: null, backup: null };
      await relay.client.part.report.mutate({ facts });
    };
    const look = async (): Promise<void> => await lookOnce(another, watch);
    const deliver = async (): Promise<void> => await deliverDue(another, new AbortController().signal);
    await report(5);
    await look();
    await look();
    receiver.server.once('refused', () => undefined);
    await deliver();
    await receiver.next();
    running.clock.advance(29_000);
    await deliver();
    running.clock.advance(2000);
    await deliver();
    const again = JSON.parse((await receiver.next()).body) as AlertMessage;
    assert.deepEqual([again.event, again.alert.kind, again.alert.subject], ['opened', 'disk-low', relay.id]);
    await report(50);
    await look();
    await deliver();
    // On a slow machine a part was silent in between, and that is over too.
    let over: AlertMessage;
    do over = JSON.parse((await receiver.next()).body) as AlertMessage;
    while (over.alert.kind !== 'disk-low');
    assert.deepEqual([over.event, over.alert.id], ['resolved', again.alert.id]);
    await deliver();
    const { alerts, targets } = await admin.client.alert.list.query({ all: true });
    assert.deepEqual(
      alerts.filter(({ kind }) => kind === 'disk-low').map(({ resolvedAt }) => resolvedAt === null),
      [false],
    );
    assert.partialDeepStrictEqual(targets, [{ kind: 'webhook', waiting: 0, last: { error: null } }]);
    const { notices } = await relay.client.notice.claim.mutate({ done: [], wait: false });
    assert.equal(notices.length, 2);
  });

  it('of two processes one opens an alert, and one ends it', async () => {
    const alert = { kind: 'part-silent', subject: 'x', detail: '{}', opened_at: 1 } as const;
    const open = async (id: string) => await db.write(async (tx) => await openAlert(tx, { id, ...alert }));
    assert.deepEqual([await open('alert_a'), await open('alert_b')], [true, false]);
    const end = async () => await db.write(async (tx) => await resolveAlert(tx, 'alert_a', 2));
    assert.deepEqual([await end(), await end()], [true, false]);
    assert.equal(await open('alert_c'), true);
  });

  it('a target that is removed hears nothing more', async () => {
    const { targets } = await admin.client.alert.list.query({});
    for (const { id } of targets) await admin.client.alert.removeTarget.mutate({ id });
    assert.deepEqual((await admin.client.alert.list.query({})).targets, []);
    const id = targets[0]?.id ?? '';
    assert.equal((await refusal(admin.client.alert.test.mutate({ id }))).code, 'not-found');
    const plain = { kind: 'webhook', address: 'http://hooks.example/' } as const;
    assert.equal((await refusal(admin.client.alert.addTarget.mutate(plain))).reason, 'webhook-address');
  });

  it('a page of the audit log is filtered, and the log is whole', async () => {
    const { entries } = await admin.client.audit.list.query({ action: 'alert.*', actor: 'ADMIN', limit: 2 });
    assert.deepEqual(
      entries.map(({ action }) => action),
      ['alert.target-remove', 'alert.target-remove'],
    );
    const more = await admin.client.audit.list.query({ action: 'alert.*', before: entries[1]!.seq });
    assert.equal(more.entries[0]?.action, 'alert.rule');
    assert.deepEqual(
      (await admin.client.audit.list.query({ from: '2001-01-01', to: '2001-01-02' })).entries,
      [],
    );
    assert.partialDeepStrictEqual(await admin.client.audit.verify.query(), { whole: true, brokenAt: null });
    await db.write(async (tx) => await tx.run("UPDATE audit SET detail = '{}' WHERE action = 'alert.rule'"));
    const verified = await admin.client.audit.verify.query();
    assert.deepEqual([verified.whole, verified.brokenAt], [false, more.entries[0]?.seq]);
  });
});
