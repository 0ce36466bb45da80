import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DAY, HOUR } from '../../../common/time.ts';
import type { PolicySettings } from '../../../common/shapes/policy.ts';
import { expectSession } from '../../harness/expect-session.ts';
import { PASSWORD, registerUser, type TestUser } from '../sample.ts';
import { type RunningServer, refusal, startServer } from '../start-server.ts';
import { addTotp, codeOf, expectStep, PROOF, signInAs } from '../second-factor/factor-rig.ts';

const ORGANISATION = 'organisation';

describe('what began before', () => {
  let running: RunningServer;
  let admin: TestUser;
  before(async () => {
    running = await startServer();
    admin = await registerUser(running, 'admin', { setupCode: running.server.setupCode() ?? '' });
  });
  after(async () => await running.stop());
  const demand = async (settings: PolicySettings): Promise<void> => {
    const client = running.client((await expectSession(signInAs(running, admin))).tokens.profile);
    const { revision } = await client.policy.get.query({ of: ORGANISATION });
    await client.policy.set.mutate({ of: ORGANISATION, base: revision, settings });
  };
  const refresh = async (refreshToken: string | null) =>
    await running.client().session.refresh.mutate({ refreshToken: refreshToken ?? '' });

  test('a session that was to last for weeks does so no more once a policy forbids it', async () => {
    const ana = await registerUser(running, 'ana');
    const signIn = async () =>
      await expectSession(
        running.client().session.signIn.mutate({ name: 'ana', password: PASSWORD, remember: true }),
      );
    const [used, left] = [await signIn(), await signIn()];
    assert.ok(Date.parse(used.session.expiresAt) > running.clock.now() + 20 * DAY);
    await demand({ remember: false });
    const renewed = await refresh(used.refreshToken);
    assert.ok(Date.parse(renewed.session.expiresAt) <= running.clock.now() + 12 * HOUR);
    running.clock.advance(13 * HOUR);
    assert.equal((await refusal(refresh(left.refreshToken))).reason, 'session-ended');
    await demand({});
    assert.ok(ana.id !== '');
  });

  test('a session outside of lab mode ends where a policy demands that mode', async () => {
    const { signedIn } = await registerUser(running, 'bea');
    await demand({ lab: 'forced' });
    assert.equal((await refusal(refresh(signedIn.refreshToken))).reason, 'session-ended');
    const again = await expectSession(signInAs(running, { name: 'bea' }));
    assert.ok(again.session.lab !== null);
    await refresh(again.refreshToken);
    await demand({});
  });

  test('a ticket is spent however it is written', async () => {
    const carl = await registerUser(running, 'carl');
    const { ticket, secret } = await carl.client.factor.beginTotp.mutate(PROOF);
    await carl.client.factor.confirmTotp.mutate({ ticket, code: codeOf(running, secret) });
    running.clock.advance(30_000);
    for (const again of [
      ticket,
      `${ticket}=`,
      ` ${ticket}`,
      ticket.replaceAll('-', '+').replaceAll('_', '/'),
    ]) {
      const code = codeOf(running, secret);
      const refused = await refusal(carl.client.factor.confirmTotp.mutate({ ticket: again, code }));
      assert.equal(refused.reason, 'ticket', again.slice(-5));
    }
  });

  test('a ticket for the first factor adds none beside one that was set up meanwhile', async () => {
    const dora = await registerUser(running, 'dora');
    await demand({ secondFactor: 'required' });
    const { ticket, totp } = expectStep(await signInAs(running, dora), 'set-up-factor');
    const { secret } = await addTotp(running, dora);
    const code = codeOf(running, totp.secret);
    const refused = await refusal(running.client().session.answer.mutate({ ticket, totp: code }));
    assert.equal(refused.reason, 'ticket');
    const step = expectStep(await signInAs(running, dora), 'second-factor');
    const given = { ticket: step.ticket, totp: codeOf(running, secret) };
    await expectSession(running.client().session.answer.mutate(given));
    const removed = await refusal(dora.client.factor.removeTotp.mutate(PROOF));
    assert.equal(removed.reason, 'factor-required');
  });
});
