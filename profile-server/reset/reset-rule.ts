import { DAY, MINUTE, type Millis } from '../../common/time.ts';
import type { ErrorCode } from '../../common/errors.ts';
import type { UserRecord } from '../user/user-store.ts';

export const RESET_LIVES: Millis = DAY;

/** How often users may ask by themselves: nobody's mailbox is filled with codes from here. */
const BETWEEN_REQUESTS = 5 * MINUTE;
const REQUESTS_A_DAY = 5;

type ResetUser = Pick<
  UserRecord,
  'source' | 'invited' | 'disabled' | 'removed_at' | 'second_address' | 'second_address_proven'
>;

/** Why there can be no reset of this user in this way; null when there can. */
export function judgeReset(
  user: ResetUser,
  how: 'mail' | 'hand',
): { code: ErrorCode; reason: string } | null {
  if (user.removed_at !== null) return { code: 'conflict', reason: 'removed-user' };
  if (user.source !== 'local') return { code: 'forbidden', reason: 'no-password' };
  if (user.invited === 1) return { code: 'conflict', reason: 'invited-user' };
  if (user.disabled === 1) return { code: 'forbidden', reason: 'not-active' };
  const proven = user.second_address !== null && user.second_address_proven === 1;
  if (how === 'mail' && !proven) return { code: 'invalid', reason: 'no-second-address' };
  return null;
}

/** Whether the user may have a code mailed now; `before`: when he had some, the newest first. */
export function mayAskAgain(before: readonly Millis[], now: Millis): boolean {
  const today = before.filter((at) => at > now - DAY);
  return today.length < REQUESTS_A_DAY && (today[0] ?? 0) <= now - BETWEEN_REQUESTS;
}
