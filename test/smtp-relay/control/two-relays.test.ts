import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTRPCClient, httpLink } from '@trpc/client';
import type { RecipientStatus } from '../../../common/shapes/status.ts';
import type { RelayRouter } from '../../../smtp-relay/router.ts';
import { startSmtpRelay, type SmtpRelay } from '../../../smtp-relay/server.ts';
import { startFakeSmtp, type FakeSmtp, type FakeSmtpConnection } from '../../fakes/smtp-server.ts';
import { missingComponent } from '../../harness/component.ts';
import { startMariadb, type Mariadb } from '../../harness/mariadb.ts';
import { findFreePort } from '../../harness/ports.ts';
import { makeUserClient, sendMail, startRelayWorld, takeResults } from '../../harness/relay.ts';
import { statusesOf } from '../../harness/relay-sending.ts';
import { expectSession } from '../../harness/expect-session.ts';

const FROM = 'alice@own.test';
/** Every relay knows of what another was told within two seconds. */
const HEARD = 2000;

describe('what one relay is told, the other does', { skip: missingComponent('mariadbd') }, () => {
  let server: Mariadb;
  let next: FakeSmtp;
  let world: Awaited<ReturnType<typeof startRelayWorld>>;
  let admin: ReturnType<typeof createTRPCClient<RelayRouter>>;
  let told: SmtpRelay;
  let other: SmtpRelay;
  /** While set, recipients wait for their answer. */
  let waiting: { reached: () => void; answer: Promise<string> } | null = null;

  const script = (connection: FakeSmtpConnection, verb: string, rest: string): boolean => {
    if (verb !== 'RCPT' || waiting === null) return false;
    const { reached, answer } = waiting;
    const sayLater = async (): Promise<void> => {
      const line = await answer;
      if (line.startsWith('250')) connection.to.push(rest);
      connection.say(line);
    };
    void sayLater();
    reached();
    return true;
  };

  before(async () => {
    server = await startMariadb();
    next = await startFakeSmtp({ script });
    world = await startRelayWorld({
      DATABASE: server.url('control'),
      RELAY_SMARTHOST: `smtp://127.0.0.1:${next.port}`,
    });
    told = await world.startRelay();
    const ports = { ...world.settings.ports, submission: await findFreePort(), relay: await findFreePort() };
    other = await startSmtpRelay({
      ...(await world.relayOptions()),
      settings: { ...world.settings, ports, relayUrl: `http://localhost:${ports.relay}` },
      dataDir: join(world.dataDir, 'other-relay'),
      port: ports.relay,
      enrolCode: await world.profile.makeEnrolCode('smtp-relay'),
    });
    await world.addAccount(FROM);
    const setupCode = world.profile.setupCode() ?? '';
    const { session } = makeUserClient(world.profile.url, null);
    const signedIn = await expectSession(
      session.register.mutate({
        name: 'boss',
        password: 'a long password 22',
        setupCode,
      }),
    );
    const headers = { authorization: `Bearer ${signedIn.tokens.relay ?? ''}` };
    admin = createTRPCClient<RelayRouter>({ links: [httpLink({ url: `${told.url}/trpc`, headers })] });
  });
  after(async () => {
    await told?.stop();
    await other?.stop();
    await world?.stop();
    await next?.close();
    await server?.stop();
  });

  /** Hands a mail to the other relay; returns the id under which it is queued. */
  const submit = async (key: string): Promise<string> => {
    const dialog = await world.signIn(other);
    const reply = await sendMail(dialog, { from: FROM, to: ['b@x.test'], key });
    dialog.close();
    return /queued as (\S+)/.exec(reply)?.[1] ?? assert.fail(reply);
  };
  const lastState = async (key: string, state: string): Promise<RecipientStatus> => {
    let found: RecipientStatus | undefined;
    await takeResults(world.asHome(told), (results) => {
      const own = statusesOf(results.filter((result) => result.sendKey === key));
      found = own.find((status) => status.state === state);
      return found !== undefined;
    });
    return found ?? assert.fail(state);
  };

  test('a pause stops the other relay within two seconds, and its end lets it go on', async () => {
    const status = await admin.control.pause.mutate({ destination: 'relay', reason: 'their host is ill' });
    assert.deepEqual(
      status.pauses.map(({ scope, destination, reason }) => [scope, destination, reason]),
      [['destination', 'relay', 'their host is ill']],
    );
    await sleep(HEARD);
    const id = await submit('paused');
    await sleep(300);
    assert.equal(next.mails.length, 0);
    const shown = await admin.queue.show.query({ id });
    assert.deepEqual(
      shown.recipients.map(({ state, paused, attempts }) => [state, paused, attempts]),
      [['queued', true, 0]],
    );
    const { pauses, waiting: counts } = await admin.control.status.query();
    assert.deepEqual([pauses[0]?.waiting, counts.queued], [1, 1]);
    assert.deepEqual((await admin.control.resume.mutate({ destination: 'relay' })).pauses, []);
    await lastState('paused', 'accepted');
    assert.equal(next.mails.length, 1);
  });

  test('what the other relay is trying finishes; cancelled, it is not tried again', async () => {
    const reached = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<string>();
    waiting = { reached: reached.resolve, answer: answer.promise };
    const id = await submit('cancelled');
    await reached.promise;
    assert.deepEqual(await admin.queue.cancel.mutate({ ids: [id] }), { changed: 0, trying: 1 });
    const during = (await admin.queue.show.query({ id })).recipients[0];
    assert.deepEqual([during?.state, during?.trying, during?.stop], ['queued', true, 'cancelled']);
    answer.resolve('450 4.2.0 later');
    const status = await lastState('cancelled', 'cancelled');
    assert.deepEqual([status.reason, status.code, status.attempts], ['forbidden/cancelled-by-admin', 450, 1]);
    waiting = null;
    const [after] = (await admin.queue.show.query({ id })).recipients;
    assert.deepEqual(
      [after?.state, after?.attempts, after?.history.map(({ event }) => event)],
      ['cancelled', 1, ['deferred', 'cancelled']],
    );
  });

  test('what was accepted meanwhile is not called cancelled', async () => {
    const reached = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<string>();
    waiting = { reached: reached.resolve, answer: answer.promise };
    const id = await submit('too-late');
    await reached.promise;
    assert.deepEqual(await admin.queue.cancel.mutate({ ids: [`${id}-0`] }), { changed: 0, trying: 1 });
    waiting = null;
    answer.resolve('250 2.1.5 ok');
    await lastState('too-late', 'accepted');
    const [recipient] = (await admin.queue.show.query({ id })).recipients;
    assert.equal(recipient?.state, 'accepted');
  });

  test('what waits in memory behind others is cancelled before it is begun', async () => {
    const answer = Promise.withResolvers<string>();
    waiting = { reached: () => undefined, answer: answer.promise };
    const ids: string[] = [];
    for (let n = 1; n <= 8; n++) ids.push(await submit(`hot-${n}`));
    const last = ids.at(-1) ?? '';
    const { changed, trying } = await admin.queue.cancel.mutate({ ids: [last] });
    assert.equal(changed + trying, 1);
    await lastState('hot-8', 'cancelled');
    const before = next.mails.length;
    waiting = null;
    answer.resolve('250 2.1.5 ok');
    await lastState('hot-7', 'accepted');
    for (const id of ids.slice(0, -1)) {
      while ((await admin.queue.show.query({ id })).recipients[0]?.state !== 'accepted') await sleep(20);
    }
    assert.equal(next.mails.length, before + 7);
  });

  test('a deferred mail that is held stays, and leaves by whichever relay once it is released', async () => {
    waiting = { reached: () => undefined, answer: Promise.resolve('451 4.3.0 not now') };
    const id = await submit('held');
    await lastState('held', 'deferred');
    waiting = null;
    assert.deepEqual(await admin.queue.hold.mutate({ ids: [id] }), { changed: 1, trying: 0 });
    assert.deepEqual(await admin.queue.retry.mutate({ ids: [id] }), { changed: 0, trying: 0 });
    const before = next.mails.length;
    assert.deepEqual(await admin.queue.release.mutate({ ids: [id] }), { changed: 1, trying: 0 });
    await lastState('held', 'accepted');
    assert.equal(next.mails.length, before + 1);
  });
});
