import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import type { PartKey } from '../../../server-kit/auth/part-key.ts';
import type { SmtpRelay } from '../../../smtp-relay/server.ts';
import { encodePlain, openDialog, type SmtpDialog } from '../../fakes/smtp-client.ts';
import { startFakeSmtp, type FakeSmtp } from '../../fakes/smtp-server.ts';
import { enrolHome, sendMail, startRelayWorld, takeResults, type RelayWorld } from '../../harness/relay.ts';

const FROM = 'alice@own.test';

/** A real relay and profile-server; the home is this test. */
describe('copies for the home', () => {
  let next: FakeSmtp;
  let world: RelayWorld;
  let relay: SmtpRelay;
  let password: string;
  before(async () => {
    next = await startFakeSmtp();
    world = await startRelayWorld({ RELAY_SMARTHOST: `smtp://127.0.0.1:${next.port}` });
    relay = await world.startRelay();
    await world.addAccount(FROM);
    password = (await (await world.asUser()).appPassword.add.mutate({ name: 'phone' })).password;
  });
  after(async () => {
    await relay?.stop();
    await world?.stop();
    await next?.close();
  });

  const signIn = async (login: string): Promise<SmtpDialog> => {
    const dialog = await openDialog(relay.submission.port);
    await dialog.say('EHLO pc.test');
    assert.match(await dialog.say(`AUTH PLAIN ${encodePlain('', login, password)}`), /^235/);
    return dialog;
  };
  const fetchCopy = async (queueId: string, token: string): Promise<Response> =>
    await fetch(`${relay.url}/copy/${queueId}`, { headers: { authorization: `Bearer ${token}` } });
  const tokenOf = async (key: PartKey): Promise<string> => await key.signServiceToken(relay.partId);

  test('are its alone, exactly what left, and gone when it has acknowledged them', async () => {
    const dialog = await signIn('alice');
    const message = `From: ${FROM}\r\nBcc: secret@x.test\r\nSubject: copy\r\n\r\n${'line\r\n'.repeat(200_000)}`;
    const reply = await sendMail(dialog, {
      from: FROM,
      to: ['b@x.test', 'secret@x.test'],
      key: 'e1',
      message,
    });
    const queueId = /queued as (\w+)/.exec(reply)?.[1] ?? reply;
    const home = world.asHome(relay);
    const { outbox, results } = await home.result.claim.mutate({ outbox: null, ack: 0, wait: true });
    const [copy] = results;
    assert.ok(copy?.kind === 'copy', 'before any news of its recipients');
    assert.deepEqual(
      [copy.queueId, copy.sendKey, copy.user, copy.mailFrom, copy.recipients],
      [queueId, queueId, world.user, FROM, ['b@x.test', 'secret@x.test']],
    );
    const given = await fetchCopy(queueId, await tokenOf(world.homeKey));
    assert.equal(given.status, 200);
    const bytes = Buffer.from(await given.arrayBuffer());
    assert.equal(bytes.length, copy.size);
    assert.doesNotMatch(bytes.toString('latin1', 0, 1000), /Bcc/);
    const other = await enrolHome(world.profile, join(world.dataDir, 'other'), world.settings, world.clock);
    assert.equal((await fetchCopy(queueId, await tokenOf(other))).status, 404);
    assert.equal((await fetchCopy(queueId, await world.tokenForRelay())).status, 403);
    assert.equal((await fetch(`${relay.url}/copy/${queueId}`)).status, 401);
    assert.equal((await fetchCopy('queue_x', await tokenOf(world.homeKey))).status, 404);
    const taken = await takeResults(
      home,
      (all) => all.filter((one) => one.kind === 'recipient').length === 2,
    );
    assert.ok(next.mails.at(-1)?.raw.equals(bytes));
    await home.result.claim.mutate({ outbox, ack: taken.at(-1)?.seq ?? 0, wait: false });
    assert.equal((await fetchCopy(queueId, await tokenOf(world.homeKey))).status, 404);
    dialog.close();
  });

  test('the same ENVID twice is two mails, and one that looks like a rule’s passes nothing on', async () => {
    const dialog = await signIn(FROM);
    const before = next.mails.length;
    for (let n = 0; n < 2; n++) {
      assert.match(await sendMail(dialog, { from: FROM, to: ['b@x.test'], key: 'same' }), /^250/);
    }
    const foreign = { to: ['b@x.test'], message: 'From: eve@y.test\r\n\r\nx\r\n', key: 'fwd_1' };
    assert.match(await sendMail(dialog, { ...foreign, from: FROM }), /^550 5\.7\.1/);
    await takeResults(world.asHome(relay), () => next.mails.length >= before + 2);
    assert.equal(next.mails.length, before + 2);
    dialog.close();
  });

  test('one whose app password is removed has to go', async () => {
    const user = await world.asUser();
    const made = await user.appPassword.add.mutate({ name: 'old' });
    password = made.password;
    const dialog = await signIn('alice');
    const farewell = dialog.read();
    await user.appPassword.remove.mutate({ id: made.id });
    assert.match(await farewell, /^421 4\.7\.0 no longer trusted/);
  });
});
