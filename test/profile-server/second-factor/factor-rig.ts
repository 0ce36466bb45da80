import assert from 'node:assert/strict';
import { TOTP } from 'otpauth';
import { isSignInStep, type SignIn, type SignInStep } from '../../../common/shapes/session.ts';
import { PASSWORD, type TestUser } from '../sample.ts';
import type { RunningServer } from '../start-server.ts';

export const PROOF = { proof: { password: PASSWORD } };

/** The code of an app that has `secret`, at the server's time or some steps beside it. */
export function codeOf(running: RunningServer, secret: string, steps = 0): string {
  return new TOTP({ secret }).generate({ timestamp: running.clock.now() + steps * 30_000 });
}

/** Sets up an app; its secret and the recovery codes. */
export async function addTotp(
  running: RunningServer,
  user: TestUser,
): Promise<{ secret: string; recovery: string[] | null }> {
  const { ticket, secret } = await user.client.factor.beginTotp.mutate(PROOF);
  const code = codeOf(running, secret);
  const { recovery } = await user.client.factor.confirmTotp.mutate({ ticket, code });
  // The step of the first code is used.
  running.clock.advance(30_000);
  return { secret, recovery };
}

type Step = SignInStep['step'];

/** The step that signing in stopped at; fails when it did not, or at another. */
export function expectStep<Name extends Step>(
  answer: SignIn | SignInStep,
  step: Name,
): Extract<SignInStep, { step: Name }> {
  assert.ok(isSignInStep(answer) && answer.step === step, JSON.stringify(answer).slice(0, 200));
  return answer as Extract<SignInStep, { step: Name }>;
}

export async function signInAs(running: RunningServer, user: { name: string }, password: string = PASSWORD) {
  return await running.client().session.signIn.mutate({ name: user.name, password });
}
