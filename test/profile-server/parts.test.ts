import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MINUTE } from '../../common/time.ts';
import { onBothEngines } from './engines.ts';
import { PASSWORD, registerUser, sampleSettings, type TestUser } from './sample.ts';
import { type EnrolledPart, type RunningServer, refusal, startServer } from './start-server.ts';
import { expectSession } from '../harness/expect-session.ts';

onBothEngines('parts, admins and revocation', (engine) => {
  let running: RunningServer;
  let admin: TestUser;
  let home: EnrolledPart;
  let relay: EnrolledPart;
  before(async () => {
    running = await startServer({ database: engine.setting() });
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    home = await running.enrol('storage-server');
    relay = await running.enrol('smtp-relay');
    await home.client.part.announce.mutate({ url: 'http://localhost:1', submission: null });
    const submission = { host: '127.0.0.1', port: 25, tls: false };
    await relay.client.part.announce.mutate({ url: 'http://localhost:2', submission });
  });
  after(async () => await running.stop());

  test('the setup code made one admin and is gone', async () => {
    assert.equal(running.server.setupCode(), null);
    assert.equal((await admin.client.session.whoami.query()).user.admin, true);
    assert.equal((await running.client().session.options.query()).setupNeeded, false);
    const late = { name: 'late', password: PASSWORD, setupCode: 'A'.repeat(22) };
    const refused = await refusal(running.client().session.register.mutate(late));
    assert.deepEqual([refused.code, refused.field], ['invalid', 'setupCode']);
  });

  test('an enrolment code is good once, for its kind, for 15 minutes', async () => {
    const publicJwk = home.key.publicJwk as { kty: 'OKP'; crv: 'Ed25519'; x: string };
    const enrol = running.client().part.enrol;
    const { code } = await admin.client.part.makeCode.mutate({ kind: 'smtp-relay' });
    const wrongKind = await refusal(enrol.mutate({ code, kind: 'storage-server', publicJwk }));
    assert.equal(wrongKind.reason, 'enrol-code');
    await enrol.mutate({ code, kind: 'smtp-relay', publicJwk });
    assert.equal((await refusal(enrol.mutate({ code, kind: 'smtp-relay', publicJwk }))).reason, 'enrol-code');
    const second = await admin.client.part.makeCode.mutate({ kind: 'smtp-relay' });
    running.clock.advance(16 * MINUTE);
    const late = await refusal(enrol.mutate({ code: second.code, kind: 'smtp-relay', publicJwk }));
    assert.equal(late.reason, 'enrol-code');
  });

  test('tokens are for each part and no other', async () => {
    const user = await expectSession(
      running.client().session.signIn.mutate({ name: 'admin', password: PASSWORD }),
    );
    assert.equal(user.home, 'http://localhost:1');
    assert.equal(user.relay, 'http://localhost:2');
    for (const token of [user.tokens.storage ?? '', user.tokens.relay ?? '']) {
      assert.equal((await refusal(running.client(token).session.whoami.query())).code, 'not-signed-in');
    }
    const foreign = await home.key.signServiceToken(relay.id);
    const refused = await refusal(running.client(foreign).part.list.query());
    assert.equal(refused.code, 'not-signed-in');
  });

  test('an ended session reaches the waiting call of every part', async () => {
    const bea = await registerUser(running, 'bea');
    const { seq } = await relay.client.session.revoked.query({ since: 0, wait: false });
    const waiting = [home, relay].map(
      async (part) => await part.client.session.revoked.query({ since: seq, wait: true }),
    );
    await bea.client.session.signOut.mutate();
    for (const news of await Promise.all(waiting)) {
      assert.deepEqual(
        news.revoked.map(({ kind, id }) => [kind, id]),
        [['session', bea.signedIn.session.id]],
      );
      assert.equal(news.seq, seq + 1);
    }
  });

  test('a disabled user is nobody, is not polled, and comes back when enabled', async () => {
    const carla = await registerUser(running, 'carla');
    await carla.client.account.add.mutate({
      settings: sampleSettings(),
      secrets: { pop3Password: 'secret' },
    });
    running.clock.advance(5000);
    const [lease] = (await home.client.schedule.claim.mutate({ max: 5, wait: false })).leases;
    const { seq } = await home.client.session.revoked.query({ since: 0, wait: false });
    await admin.client.user.disable.mutate({ id: carla.id });
    const news = await home.client.session.revoked.query({ since: seq, wait: false });
    assert.deepEqual(
      news.revoked.map(({ kind, id }) => [kind, id]),
      [['user', carla.id]],
    );
    assert.equal((await refusal(carla.client.session.whoami.query())).code, 'not-signed-in');
    const signIn = { name: 'carla', password: PASSWORD };
    assert.equal((await refusal(running.client().session.signIn.mutate(signIn))).code, 'sign-in-failed');
    const { lost } = await home.client.schedule.renew.mutate({ leases: [lease!.id] });
    assert.deepEqual(lost, [lease!.id]);
    running.clock.advance(2 * MINUTE);
    assert.deepEqual((await home.client.schedule.claim.mutate({ max: 5, wait: false })).leases, []);
    const sender = await relay.client.sender.authorise.query({ user: carla.id, from: 'ana@example.org' });
    assert.deepEqual([sender.allowed, sender.reason], [false, 'user-disabled']);
    await admin.client.user.enable.mutate({ id: carla.id });
    await running.client().session.signIn.mutate(signIn);
    assert.equal((await home.client.schedule.claim.mutate({ max: 5, wait: false })).leases.length, 1);
    assert.equal((await refusal(admin.client.user.disable.mutate({ id: admin.id }))).reason, 'own-user');
  });

  test('the relay learns who may send as what, and a secret for a queued mail that it names', async () => {
    const dora = await registerUser(running, 'dora');
    const smtp = {
      host: 'smtp.example.org',
      port: 587,
      tls: 'starttls' as const,
      user: 'dora',
      auth: 'auto' as const,
    };
    const account = await dora.client.account.add.mutate({
      settings: sampleSettings({ email: 'Dora@example.org', send: { way: 'smarthost', smtp } }),
      secrets: { pop3Password: 'pop', smtpPassword: 'smtp' },
    });
    const allowed = await relay.client.sender.authorise.query({ user: dora.id, from: 'dora@EXAMPLE.org' });
    assert.deepEqual(
      [allowed.allowed, allowed.account, allowed.send?.smtp, allowed.home],
      [true, account.id, smtp, home.id],
    );
    const foreign = await relay.client.sender.authorise.query({ user: dora.id, from: 'boss@example.org' });
    assert.deepEqual([foreign.allowed, foreign.reason], [false, 'not-your-address']);
    const submit = { queueId: 'queue_1', user: dora.id, account: account.id };
    assert.deepEqual(await relay.client.credential.submit.mutate(submit), { smtp, secret: 'smtp' });
    assert.deepEqual(await home.client.credential.submitTest.mutate({ user: dora.id, account: account.id }), {
      smtp,
      secret: 'smtp',
    });
    const elsewhere = { ...sampleSettings({ email: 'Dora@example.org' }), interval: 600 };
    const edit = dora.client.account.edit;
    const moved = { ...elsewhere, pop3: { ...elsewhere.pop3, host: 'thief.example.net' } };
    const refused = await refusal(edit.mutate({ id: account.id, base: null, settings: moved }));
    assert.deepEqual([refused.reason, refused.field], ['password-needed-again', 'secrets.pop3Password']);
    await edit.mutate({ id: account.id, base: null, settings: elsewhere });
    assert.equal((await refusal(relay.client.credential.submit.mutate(submit))).code, 'route-refused');
  });

  test('a part that was shut out is refused at once, also in the middle of waiting', async () => {
    const bad = await running.enrol('storage-server');
    await bad.client.part.announce.mutate({ url: 'http://localhost:3', submission: null });
    const { seq } = await relay.client.session.revoked.query({ since: 0, wait: false });
    const waiting = [
      bad.client.schedule.claim.mutate({ max: 5, wait: true }),
      bad.client.profile.changed.query({ since: 1_000_000, wait: true }),
      bad.client.session.revoked.query({ since: seq, wait: true }),
    ];
    const refused = Promise.all(waiting.map(async (call) => await refusal(call)));
    const parts = (await relay.client.part.list.query()).parts.map((part) => part.id);
    assert.ok(parts.includes(bad.id));
    await admin.client.part.shutOut.mutate({ id: bad.id });
    for (const error of await refused) assert.equal(error.code, 'not-signed-in');
    assert.equal((await refusal(bad.client.part.list.query())).code, 'not-signed-in');
    const news = await relay.client.session.revoked.query({ since: seq, wait: true });
    assert.deepEqual(
      news.revoked.map(({ kind, id }) => [kind, id]),
      [['part', bad.id]],
    );
    const left = (await relay.client.part.list.query()).parts.map((part) => part.id);
    assert.ok(!left.includes(bad.id), 'parts believe what they are told');
    const shown = (await admin.client.part.list.query()).parts.find((part) => part.id === bad.id);
    assert.equal(shown?.state, 'shut-out');
  });
});
