import type { Account } from '../../../../common/shapes/account.ts';
import type { CheckEvent } from '../../../../common/shapes/event.ts';

/** From so many mails on, a fetch takes long enough to be told of above the list. */
const MANY = 100;

/** What the inbox says of an account: that it needs sign-in, that its first mails come in, or that they are paused. */
export function decideStrip(
  account: Pick<Account, 'state' | 'lastSuccess'>,
  running: Pick<CheckEvent, 'phase' | 'total'> | undefined,
): 'sign-in' | 'import' | 'paused' | null {
  if (running?.phase === 'retrieving' && (running.total ?? 0) >= (account.lastSuccess === null ? 2 : MANY)) {
    return 'import';
  }
  if (account.state === 'needs-sign-in') return 'sign-in';
  return account.state === 'paused' && account.lastSuccess === null ? 'paused' : null;
}
