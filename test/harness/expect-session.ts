import { isSignInStep, type SignIn, type SignInStep } from '../../common/shapes/session.ts';

/** The session of a sign-in that asks for nothing more; fails when it does. */
export async function expectSession(answer: Promise<SignIn | SignInStep>): Promise<SignIn> {
  const given = await answer;
  if (isSignInStep(given)) throw new Error(`signing in asks for ${given.step}`);
  return given;
}
