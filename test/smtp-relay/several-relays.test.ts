import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LEASE_LENGTH } from '../../smtp-relay/queue/scheduler.ts';
import { startSmtpRelay, type SmtpRelay } from '../../smtp-relay/server.ts';
import { startFakeSmtp, type FakeSmtp } from '../fakes/smtp-server.ts';
import { missingComponent } from '../harness/component.ts';
import { startMariadb, type Mariadb } from '../harness/mariadb.ts';
import { findFreePort } from '../harness/ports.ts';
import { startRelayProcess } from '../harness/relay-process.ts';
import { sendMail, startRelayWorld, takeResults, type RelayWorld } from '../harness/relay.ts';

const FROM = 'alice@own.test';

describe('two relays on one MariaDB', { skip: missingComponent('mariadbd') }, () => {
  let server: Mariadb;
  let next: FakeSmtp;
  let world: RelayWorld;
  const relays: SmtpRelay[] = [];
  /** True when the next host says nothing to whoever connects. */
  let onConnect: ((verb: string) => boolean) | null = null;

  before(async () => {
    server = await startMariadb();
    next = await startFakeSmtp({ script: (_connection, verb) => onConnect?.(verb) ?? false });
    world = await startRelayWorld({
      DATABASE: server.url('two'),
      RELAY_SMARTHOST: `smtp://127.0.0.1:${next.port}`,
    });
    relays.push(await world.startRelay());
    const ports = { ...world.settings.ports, submission: await findFreePort(), relay: await findFreePort() };
    relays.push(
      await startSmtpRelay({
        ...(await world.relayOptions()),
        settings: { ...world.settings, ports, relayUrl: `http://localhost:${ports.relay}` },
        dataDir: join(world.dataDir, 'second-relay'),
        port: ports.relay,
        enrolCode: await world.profile.makeEnrolCode('smtp-relay'),
      }),
    );
    await world.addAccount(FROM);
  });
  after(async () => {
    for (const relay of relays) await relay.stop();
    await world?.stop();
    await next?.close();
    await server?.stop();
  });

  test('take and deliver together, each mail once; either tells the home', async () => {
    const keys = Array.from({ length: 40 }, (_, n) => `shared-${n}`);
    await Promise.all(
      relays.map(async (relay, index) => {
        const dialog = await world.signIn(relay);
        for (const key of keys.slice(index * 20, index * 20 + 20)) {
          assert.match(await sendMail(dialog, { from: FROM, to: ['b@x.test'], key }), /^250/);
        }
        dialog.close();
      }),
    );
    const [first, second] = relays;
    assert.ok(first && second);
    const results = await takeResults(world.asHome(second), (found) => found.length >= keys.length);
    assert.deepEqual(new Set(results.map((result) => result.sendKey)), new Set(keys));
    assert.equal(results.length, keys.length);
    assert.equal(next.mails.length, keys.length);
  });

  test('the same send key at both is one mail', async () => {
    const before = next.mails.length;
    const replies = await Promise.all(
      relays.map(async (relay) => {
        const dialog = await world.signIn(relay);
        const reply = await sendMail(dialog, { from: FROM, to: ['b@x.test'], key: 'twice' });
        dialog.close();
        return reply;
      }),
    );
    assert.equal(replies[0], replies[1]);
    const [first] = relays;
    assert.ok(first);
    await takeResults(world.asHome(first), (found) => found.some((result) => result.sendKey === 'twice'));
    assert.equal(next.mails.length, before + 1);
  });

  test('what one held when it was killed leaves by another when its lease ends', async () => {
    const before = next.mails.length;
    const connected = Promise.withResolvers<void>();
    onConnect = (verb) => {
      connected.resolve();
      return verb === 'CONNECT';
    };
    const ports = { ...world.settings.ports, submission: await findFreePort(), relay: await findFreePort() };
    const third = await startRelayProcess({
      ...(await world.relayOptions()),
      settings: { ...world.settings, ports, relayUrl: `http://localhost:${ports.relay}` },
      dataDir: join(world.dataDir, 'third-relay'),
      port: ports.relay,
      enrolCode: await world.profile.makeEnrolCode('smtp-relay'),
    });
    const dialog = await world.signIn({ partId: third.partId, submission: { port: ports.submission } });
    assert.match(await sendMail(dialog, { from: FROM, to: ['b@x.test'], key: 'orphan' }), /^250/);
    dialog.close();
    await connected.promise;
    await third.kill();
    onConnect = null;
    for (const relay of relays) relay.wake();
    assert.equal(next.mails.length, before, 'it is still the killed one’s');
    world.clock.advance(LEASE_LENGTH + 1000);
    for (const relay of relays) relay.wake();
    while (next.mails.length === before) await setTimeout(20);
    assert.equal(next.mails.length, before + 1);
  });
});
