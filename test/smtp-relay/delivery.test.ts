import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { SmtpRelay } from '../../smtp-relay/server.ts';
import { startFakeSmtp, type FakeSmtp } from '../fakes/smtp-server.ts';
import { missingComponent } from '../harness/component.ts';
import { sendMail, startRelayWorld, takeResults, type RelayWorld } from '../harness/relay.ts';
import { startSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';

const skip = missingComponent('smtp-sink');

describe('a mail submitted by a storage-server', { skip }, () => {
  let sink: SmtpSink;
  let smarthost: FakeSmtp;
  let world: RelayWorld;
  let relay: SmtpRelay;

  before(async () => {
    sink = await startSmtpSink();
    smarthost = await startFakeSmtp({ login: { user: 'alice@host.test', password: 'smtp secret' } });
    world = await startRelayWorld({ RELAY_SMARTHOST: `smtp://127.0.0.1:${sink.port}` });
    relay = await world.startRelay();
    await world.addAccount('alice@own.test');
    await world.addAccount(
      'alice@host.test',
      { host: '127.0.0.1', port: smarthost.port, tls: 'none', user: 'alice@host.test', auth: 'auto' },
      'smtp secret',
    );
  });
  after(async () => {
    await relay?.stop();
    await world?.stop();
    await smarthost?.close();
    await sink?.stop();
  });

  test('leaves by the operator’s smarthost, is reported to the home once, and is queued once for its send key', async () => {
    const dialog = await world.signIn(relay);
    const mail = { from: 'alice@own.test', to: ['bob@elsewhere.test', 'eve@other.test'], key: 'key-1' };
    const reply = await sendMail(dialog, mail);
    assert.match(reply, /^250 2\.0\.0 queued as queue_[a-z0-9]{20}$/);
    assert.equal(await sendMail(dialog, mail), reply, 'the same key answers with the same id');
    dialog.close();

    const home = world.asHome(relay);
    const results = await takeResults(home, (taken) => taken.length >= 2);
    assert.deepEqual(
      results.map((result) => [result.kind, result.user, result.sendKey]),
      [
        ['recipient', world.user, 'key-1'],
        ['recipient', world.user, 'key-1'],
      ],
    );
    const [first] = results;
    assert.ok(first?.kind === 'recipient');
    assert.deepEqual(
      { ...first.recipient, lastAttempt: null },
      {
        address: 'bob@elsewhere.test',
        state: 'accepted',
        route: 'relay',
        host: '127.0.0.1',
        code: 250,
        enhanced: '2.0.0',
        tls: null,
        attempts: 1,
        lastAttempt: null,
        nextTry: null,
        reason: null,
        serverLine: '250 2.0.0 Ok',
      },
    );
    const mails = sink.mails();
    assert.equal(mails.length, 1, 'one transaction for one host');
    assert.match(mails[0]?.from ?? '', /^<alice@own\.test>/);
    const last = results.at(-1)?.seq ?? 0;
    const claim = async (outbox: string | null, ack: number) =>
      await home.result.claim.mutate({ outbox, ack, wait: false });
    const { outbox, results: left } = await claim(null, 0);
    assert.ok(left.length > 0);
    const kept = (await claim('outbox_of_another_queue', last)).results;
    assert.deepEqual(kept, left, 'what was heard from another queue acknowledges nothing here');
    assert.deepEqual((await claim(outbox, last)).results, []);
    assert.deepEqual((await claim(null, 0)).results, [], 'acknowledged ones are gone');
  });

  test('of an account with a smarthost leaves there, with that account’s credential', async () => {
    const dialog = await world.signIn(relay);
    await sendMail(dialog, { from: 'alice@host.test', to: ['bob@a.test', 'bob@b.test'], key: 'key-2' });
    dialog.close();
    const results = await takeResults(world.asHome(relay), (taken) => taken.length >= 2, 2);
    assert.deepEqual(
      results.map(
        (result) => result.kind === 'recipient' && [result.recipient.state, result.recipient.route],
      ),
      [
        ['accepted', 'smarthost'],
        ['accepted', 'smarthost'],
      ],
    );
    assert.equal(smarthost.mails.length, 1);
    assert.equal(smarthost.mails[0]?.user, 'alice@host.test');
    assert.deepEqual(smarthost.mails[0]?.to, ['<bob@a.test>', '<bob@b.test>']);
  });
});
