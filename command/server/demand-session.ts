import { MailError } from '../../common/errors.ts';
import { isSignInStep, type SignIn, type SignInStep } from '../../common/shapes/session.ts';

/** The session of a sign-in that needs nobody to answer; MailError `not-signed-in` says what is asked and how to give it. */
export function demandSession(answer: SignIn | SignInStep): SignIn {
  if (!isSignInStep(answer)) return answer;
  throw new MailError('not-signed-in', `signing in asks for ${answer.step}`, { reason: answer.step });
}
