import type { MailError } from '../errors.ts';
import type { AccountProblem } from '../shapes/account.ts';
import { describeError } from './describe.ts';

/** An error as an account carries it: in English, with what clients need to say it in another language. */
export function describeProblem(error: MailError): AccountProblem {
  const { code, reason, params, serverLine } = error;
  return { code, message: describeError(error, 'en').message, serverLine, reason, params };
}
