import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ORGANISATION } from '../../../common/shapes/layer.ts';
import { expectSession } from '../../harness/expect-session.ts';
import { onBothEngines } from '../engines.ts';
import { PASSWORD, registerUser, type TestUser } from '../sample.ts';
import { codeOf, expectStep, signInAs } from '../second-factor/factor-rig.ts';
import { type EnrolledPart, type RunningServer, refusal, startServer } from '../start-server.ts';

const NEXT = 'a sentence that nobody guesses';

onBothEngines('changing a password, and what has to be changed', (engine) => {
  let running: RunningServer;
  let home: EnrolledPart;
  let admin: TestUser;
  let ana: TestUser;
  before(async () => {
    running = await startServer({ database: engine.setting(), settings: { passwordLeast: 15 } });
    home = await running.enrolHome();
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
    ana = await registerUser(running, 'ana');
  });
  after(async () => await running.stop());

  test('the old one is asked for, and the new one has to be good', async () => {
    const change = async (old: string, chosen: string) =>
      await refusal(ana.client.session.changePassword.mutate({ old, new: chosen }));
    assert.equal((await change('not my password at all', NEXT)).code, 'sign-in-failed');
    const refused = await change(PASSWORD, 'short');
    assert.deepEqual([refused.reason, refused.params['min']], ['password-short', 15]);
    assert.equal((await change(PASSWORD, 'anaanaanaanaana')).reason, 'password-common');
    assert.equal((await change(PASSWORD, PASSWORD)).reason, 'password-same');
    for (let n = 0; n < 5; n++) await change(`wrong ${n}`, NEXT);
    assert.equal((await change('wrong', NEXT)).code, 'too-many-tries');
  });

  test('other sessions end everywhere if asked, app passwords too, and the user is told', async () => {
    const other = await expectSession(signInAs(running, ana));
    await ana.client.appPassword.add.mutate({ name: 'phone' });
    const { seq } = await home.client.session.revoked.query({ since: 0, wait: false });
    const kept = await ana.client.session.changePassword.mutate({ old: PASSWORD, new: NEXT });
    assert.deepEqual(kept, { ended: 0, appPasswords: 0 });
    await running.client(other.tokens.profile).session.whoami.query();
    assert.equal((await refusal(signInAs(running, ana))).code, 'sign-in-failed');
    const news = home.client.session.revoked.query({ since: seq, wait: true });
    const began = performance.now();
    const changed = await ana.client.session.changePassword.mutate({
      old: NEXT,
      new: PASSWORD,
      endOthers: true,
      endApps: true,
    });
    assert.deepEqual(changed, { ended: 1, appPasswords: 1 });
    const { revoked } = await news;
    assert.ok(
      revoked.some(({ id }) => id === other.session.id),
      'parts hear of it by the call that waits',
    );
    assert.ok(performance.now() - began < 5000);
    assert.equal(
      (await refusal(running.client(other.tokens.profile).session.whoami.query())).code,
      'not-signed-in',
    );
    await ana.client.session.whoami.query();
    const { notes } = await ana.client.session.securityNotes.query();
    assert.equal(notes.filter(({ what }) => what === 'password-changed').length, 2);
    assert.equal(notes[0]?.byAdmin, null);
  });

  test('“end all others” reaches the parts at once and leaves this one', async () => {
    const others = [await expectSession(signInAs(running, ana)), await expectSession(signInAs(running, ana))];
    const { seq } = await home.client.session.revoked.query({ since: 0, wait: false });
    const waiting = home.client.session.revoked.query({ since: seq, wait: true });
    assert.deepEqual(await ana.client.session.end.mutate({ others: true }), { ended: 2 });
    await waiting;
    const { revoked } = await home.client.session.revoked.query({ since: seq, wait: false });
    assert.deepEqual(revoked.map(({ id }) => id).sort(), others.map(({ session }) => session.id).sort());
    const { sessions } = await ana.client.session.list.query();
    assert.deepEqual(
      sessions.map(({ current }) => current),
      [true],
    );
  });

  test('what admins did is told with their name, and a session that two used too', async () => {
    const eva = await registerUser(running, 'eva');
    await admin.client.user.disable.mutate({ id: eva.id });
    await admin.client.user.enable.mutate({ id: eva.id });
    const { refreshToken, tokens } = await expectSession(signInAs(running, eva));
    const refresh = async () =>
      await running.client().session.refresh.mutate({ refreshToken: refreshToken ?? '' });
    await refresh();
    running.clock.advance(31_000);
    assert.equal((await refusal(refresh())).reason, 'token-reused');
    assert.equal(
      (await refusal(running.client(tokens.profile).session.whoami.query())).code,
      'not-signed-in',
    );
    const again = await expectSession(signInAs(running, eva));
    const { notes } = await running.client(again.tokens.profile).session.securityNotes.query();
    const told = notes
      .map(({ what, byAdmin }) => [what, byAdmin])
      .toSorted((a, b) => String(a).localeCompare(String(b)));
    assert.deepEqual(told, [
      ['disabled', 'admin'],
      ['enabled', 'admin'],
      ['sessions-ended', null],
    ]);
  });

  test('a first password is changed before anything else, and no other way in opens meanwhile', async () => {
    const password = 'handed over on paper 7';
    await admin.client.user.add.mutate({ name: 'bea', how: 'initial', password });
    const bea = { name: 'bea' };
    const wait = async (): Promise<Awaited<ReturnType<typeof signInAs>>> =>
      await signInAs(running, bea, password).catch(async () => await wait());
    const step = expectStep(await wait(), 'change-password');
    assert.deepEqual([step.reason, step.least], ['first', 15]);
    const { answer } = running.client().session;
    const none = await refusal(answer.mutate({ ticket: step.ticket }));
    assert.deepEqual([none.code, none.field], ['invalid', 'newPassword']);
    const same = await refusal(answer.mutate({ ticket: step.ticket, newPassword: password }));
    assert.equal(same.reason, 'password-same');
    const given = { ticket: step.ticket, newPassword: NEXT };
    const session = await expectSession(answer.mutate(given));
    assert.equal(session.user.name, 'bea');
    assert.equal((await refusal(answer.mutate({ ...given, newPassword: PASSWORD }))).reason, 'ticket');
    assert.equal((await refusal(signInAs(running, bea, password))).code, 'sign-in-failed');
    await expectSession(signInAs(running, bea, NEXT));
  });

  test('where the organisation demands a factor it is set up first, and the last one stays', async () => {
    const carla = await registerUser(running, 'carla');
    const { revision } = await admin.client.policy.get.query({ of: ORGANISATION });
    const settings = { secondFactor: 'required' as const };
    await admin.client.policy.set.mutate({ of: ORGANISATION, base: revision, settings });
    const step = expectStep(await signInAs(running, ana), 'set-up-factor');
    assert.equal(step.passkey?.rp.id, 'localhost');
    const { answer } = running.client().session;
    assert.equal((await refusal(answer.mutate({ ticket: step.ticket, totp: '000000' }))).reason, 'totp-code');
    const totp = codeOf(running, step.totp.secret);
    const session = await expectSession(answer.mutate({ ticket: step.ticket, totp }));
    assert.equal(session.recovery?.length, 10);
    const client = running.client(session.tokens.profile);
    assert.equal((await client.factor.list.query()).required, true);
    const last = await refusal(client.factor.removeTotp.mutate({ proof: { password: PASSWORD } }));
    assert.equal(last.reason, 'factor-required');
    const refreshToken = carla.signedIn.refreshToken ?? '';
    const ended = await refusal(running.client().session.refresh.mutate({ refreshToken }));
    assert.equal(ended.reason, 'session-ended', 'it began before the policy');
    expectStep(await signInAs(running, ana), 'second-factor');
    const eight = 'drei Mäuse';
    await client.session.changePassword.mutate({ old: PASSWORD, new: eight });
    await admin.client.policy.set.mutate({ of: ORGANISATION, base: revision + 1, settings: {} });
    const short = await refusal(client.factor.removeTotp.mutate({ proof: { password: eight } }));
    assert.equal(short.reason, 'password-short', 'too short to stand alone');
  });
});
