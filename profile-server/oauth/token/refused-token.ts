import { SECOND } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { PollResult } from '../../schedule/poll-result.ts';
import { dropAccess } from './token-store.ts';

/** A token so young was just fetched: that it is refused has another reason. */
const YOUNG = 60 * SECOND;

/**
 * A mail server that refuses a token of some age, though its time is not over, may only say that the provider has
 * ended it early: it is fetched anew before anybody calls the user. Answers what the poll's result is to the schedule.
 */
export async function judgeRefusedToken(
  tx: Writer,
  account: string,
  result: PollResult,
  now: number,
): Promise<PollResult> {
  if (result.ok || result.error.code !== 'auth-failed') return result;
  if (!(await dropAccess(tx, account, now - YOUNG))) return result;
  const message = 'The mail server refused a permission that was still valid; a new one is fetched.';
  return {
    ...result,
    error: { ...result.error, code: 'unavailable', reason: 'oauth-token-refused', message },
  };
}

/** The same said by a relay of a smarthost. */
export async function noteRefusedToken(tx: Writer, account: string, now: number): Promise<void> {
  await dropAccess(tx, account, now - YOUNG);
}
