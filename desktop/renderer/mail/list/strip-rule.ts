import type { Account } from '../../../../common/shapes/account.ts';
import type { CheckEvent } from '../../../../common/shapes/event.ts';

/** From so many mails on, a fetch takes long enough to be told of above the list. */
const MANY = 100;

/** Of accounts that never had one: the organisation gave the account, or a file from elsewhere. */
const NO_PASSWORD = ['layer-password', 'no-password'];

/** What the inbox says of an account: that it needs sign-in or its password, that its first mails come in, or that they are paused. */
export function decideStrip(
  account: Pick<Account, 'state' | 'lastSuccess' | 'error'>,
  running: Pick<CheckEvent, 'phase' | 'total'> | undefined,
): 'sign-in' | 'password' | 'import' | 'paused' | null {
  if (running?.phase === 'retrieving' && (running.total ?? 0) >= (account.lastSuccess === null ? 2 : MANY)) {
    return 'import';
  }
  if (account.state === 'needs-sign-in')
    return NO_PASSWORD.includes(account.error?.reason ?? '') ? 'password' : 'sign-in';
  return account.state === 'paused' && account.lastSuccess === null ? 'paused' : null;
}
