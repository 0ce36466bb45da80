import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { HOUR } from '../../../common/time.ts';
import { putTotp, useStep } from '../../../profile-server/second-factor/totp/totp-store.ts';
import { decodeSecret } from '../../../profile-server/second-factor/totp/totp-rule.ts';
import { expectSession } from '../../harness/expect-session.ts';
import { onBothEngines } from '../engines.ts';
import { PASSWORD, registerUser, type TestUser } from '../sample.ts';
import { type RunningServer, refusal, startServer } from '../start-server.ts';
import { PROOF, addTotp, codeOf, expectStep, signInAs } from './factor-rig.ts';

onBothEngines('authenticator apps and recovery codes', (engine) => {
  let running: RunningServer;
  let ana: TestUser;
  let secret: string;
  let recovery: string[];
  before(async () => {
    running = await startServer({ database: engine.setting() });
    ana = await registerUser(running, 'ana');
  });
  after(async () => await running.stop());
  const answer = async (given: { totp?: string; recovery?: string }) => {
    const { ticket } = expectStep(await signInAs(running, ana), 'second-factor');
    return await running.client().session.answer.mutate({ ticket, ...given });
  };

  test('one is set up by password and first code, and comes with ten recovery codes', async () => {
    const wrong = { proof: { password: 'not my password' } };
    assert.equal((await refusal(ana.client.factor.beginTotp.mutate(wrong))).code, 'sign-in-failed');
    const noProof = await refusal(ana.client.factor.beginTotp.mutate({ proof: {} }));
    assert.equal(noProof.reason, 'proof');
    const begun = await ana.client.factor.beginTotp.mutate(PROOF);
    assert.match(
      begun.uri,
      /^otpauth:\/\/totp\/localhost%3A\d+:ana\?issuer=localhost%3A\d+&secret=[A-Z2-7]{32}&/,
    );
    const refused = await refusal(
      ana.client.factor.confirmTotp.mutate({ ticket: begun.ticket, code: '000000' }),
    );
    assert.equal(refused.reason, 'totp-code');
    await expectSession(signInAs(running, ana)).catch(() =>
      assert.fail('a factor that was never confirmed is asked for'),
    );
    const made = await addTotp(running, ana);
    ({ secret } = made);
    recovery = made.recovery ?? [];
    assert.equal(new Set(recovery).size, 10);
    assert.ok(recovery.every((code) => /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/.test(code)));
    const { totp, recoveryLeft } = await ana.client.factor.list.query();
    assert.ok(totp !== null);
    assert.equal(recoveryLeft, 10);
  });

  test('signing in asks for it; a code is good once, a step to either side of now', async () => {
    const step = expectStep(await signInAs(running, ana), 'second-factor');
    assert.deepEqual(step.methods, ['totp', 'recovery']);
    assert.equal(step.passkey, null);
    // Into the middle of the next step: the clock runs on, and a code that is made at the end of one is an older one when it is read.
    running.clock.advance(45_000 - (running.clock.now() % 30_000));
    const early = codeOf(running, secret, -1);
    const session = await expectSession(answer({ totp: `${early.slice(0, 3)} ${early.slice(3)}` }));
    assert.equal(session.user.id, ana.id);
    assert.equal((await refusal(answer({ totp: early }))).reason, 'second-factor', 'used');
    await expectSession(answer({ totp: codeOf(running, secret, 1) }));
    const now = await refusal(answer({ totp: codeOf(running, secret) }));
    assert.equal(now.reason, 'second-factor', 'older than one that was used');
    running.clock.advance(60_000);
    assert.equal((await refusal(answer({ totp: codeOf(running, secret, 2) }))).reason, 'second-factor');
    assert.equal((await refusal(answer({ totp: codeOf(running, secret, -2) }))).reason, 'second-factor');
    await expectSession(answer({ totp: codeOf(running, secret) }));
    running.clock.advance(60_000);
  });

  test('a ticket is good for one session, for five minutes, and for nothing else', async () => {
    const { ticket } = expectStep(await signInAs(running, ana), 'second-factor');
    const open = running.client();
    const none = await refusal(open.session.answer.mutate({ ticket }));
    assert.equal(none.reason, 'second-factor');
    await expectSession(open.session.answer.mutate({ ticket, totp: codeOf(running, secret) }));
    running.clock.advance(30_000);
    const again = await refusal(open.session.answer.mutate({ ticket, totp: codeOf(running, secret) }));
    assert.equal(again.reason, 'ticket');
    running.clock.advance(30_000);
    const late = expectStep(await signInAs(running, ana), 'second-factor');
    running.clock.advance(300_000);
    const totp = codeOf(running, secret);
    assert.equal((await refusal(open.session.answer.mutate({ ticket: late.ticket, totp }))).reason, 'ticket');
    assert.equal((await refusal(open.session.answer.mutate({ ticket: 'x', totp }))).reason, 'ticket');
    const adding = await ana.client.factor.beginTotp.mutate(PROOF);
    const misused = await refusal(open.session.answer.mutate({ ticket: adding.ticket, totp }));
    assert.equal(misused.reason, 'ticket');
  });

  test('a recovery code is good once however it is typed, and is told of', async () => {
    const typed = (recovery[0] ?? '').toUpperCase().replaceAll('-', ' ');
    await expectSession(answer({ recovery: typed }));
    assert.equal((await refusal(answer({ recovery: recovery[0] ?? '' }))).reason, 'second-factor');
    assert.equal((await ana.client.factor.list.query()).recoveryLeft, 9);
    const { notes } = await ana.client.session.securityNotes.query();
    assert.deepEqual(notes.map(({ what }) => what).sort(), ['recovery-used', 'totp-added']);
    const renewed = await ana.client.factor.newRecovery.mutate(PROOF);
    assert.equal((await refusal(answer({ recovery: recovery[1] ?? '' }))).reason, 'second-factor');
    await expectSession(answer({ recovery: renewed.recovery[0] ?? '' }));
  });

  test('wrong codes are slowed down after few, the user is told, and a right one is let in after the wait', async () => {
    running.clock.advance(2 * HOUR);
    const codes: string[] = [];
    for (let n = 0; n < 12; n++) codes.push((await refusal(answer({ totp: '000000' }))).code);
    assert.deepEqual(
      codes.slice(0, 4),
      Array.from({ length: 4 }, () => 'sign-in-failed'),
    );
    assert.equal(codes.at(-1), 'too-many-tries');
    const refused = await refusal(answer({ totp: codeOf(running, secret) }));
    assert.equal(refused.code, 'too-many-tries');
    running.clock.advance(((refused.retryAfter ?? 0) + 1) * 1000);
    await expectSession(answer({ totp: codeOf(running, secret) }));
    const { notes } = await ana.client.session.securityNotes.query();
    assert.equal(notes.filter(({ what }) => what === 'factor-refused').length, 1);
    running.clock.advance(60_000);
  });

  test('another password makes tickets from before worthless', async () => {
    const { ticket } = expectStep(await signInAs(running, ana), 'second-factor');
    const chosen = 'another long sentence of ana';
    await ana.client.session.changePassword.mutate({ old: PASSWORD, new: chosen });
    const totp = codeOf(running, secret);
    assert.equal((await refusal(running.client().session.answer.mutate({ ticket, totp }))).reason, 'ticket');
    await ana.client.session.changePassword.mutate({ old: chosen, new: PASSWORD });
  });

  test('the last one goes only by password, and takes the recovery codes with it', async () => {
    const byCode = { proof: { totp: codeOf(running, secret) } };
    assert.equal((await refusal(ana.client.factor.removeTotp.mutate(byCode))).reason, 'last-factor');
    await ana.client.factor.removeTotp.mutate(PROOF);
    assert.equal((await refusal(ana.client.factor.removeTotp.mutate(PROOF))).code, 'not-found');
    const { totp, recoveryLeft } = await ana.client.factor.list.query();
    assert.deepEqual([totp, recoveryLeft], [null, 0]);
    await expectSession(signInAs(running, ana));
  });

  test('of two uses of one step at once, at two servers even, one counts', async () => {
    const db = await engine.open();
    const totp = {
      user: 'u',
      id: 't',
      sealed: Buffer.alloc(1),
      last_step: 7,
      created_at: 0,
      last_used: null,
    };
    await db.write(async (tx) => await putTotp(tx, totp));
    const use = async (step: number) => await db.write(async (tx) => await useStep(tx, 'u', step, 0));
    assert.deepEqual(
      (await Promise.all([use(8), use(8)])).toSorted((a, b) => Number(a) - Number(b)),
      [false, true],
    );
    assert.equal(await use(7), false);
  });

  test('the database holds neither secret nor codes', async () => {
    const { secret: kept, recovery: codes } = await addTotp(running, ana);
    const files = ['profile.sqlite', 'profile.sqlite-wal'].map((name) => join(running.dataDir, name));
    const bytes = Buffer.concat(files.filter(existsSync).map((file) => readFileSync(file)));
    const planted = [Buffer.from(kept), Buffer.from(decodeSecret(kept)), Buffer.from(codes?.[0] ?? 'none')];
    assert.deepEqual(
      planted.map((secret) => bytes.includes(secret)),
      [false, false, false],
    );
  });
});
