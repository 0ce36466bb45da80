import { MailError } from '../../../common/errors.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { isOtherMailbox } from '../answer-rule.ts';
import { findBegin } from './begin-store.ts';

/** A finished sign-in whose tokens are about to become an account's. */
export interface Grant {
  id: string;
  provider: string;
  /** Null: the tokens lie with the sign-in; else they are that account's already. */
  account: string | null;
  /** The mailbox that the provider told; null when it does not. */
  email: string | null;
}

/** A grant of this very user that may still be used. MailError `not-found`, for another's too. */
export async function demandGrant(
  server: Pick<ProfileContext, 'clock'>,
  reader: Reader,
  user: string,
  id: string,
): Promise<Grant> {
  const begin = await findBegin(reader, id);
  const now = server.clock.now();
  if (begin === undefined || begin.user !== user || begin.state !== 'done' || begin.expires_at <= now) {
    throw new MailError('not-found', `no finished sign-in ${id}`, {
      reason: 'oauth-grant-gone',
      field: 'secrets.oauthGrant',
    });
  }
  return { id, provider: begin.provider, account: begin.account, email: begin.email };
}

/** MailError `invalid` when the provider told of another mailbox than the settings mean. */
export function checkGrantMailbox(
  grant: Grant,
  settings: { email: string; pop3: { user: string } },
  provider: string,
): void {
  if (!isOtherMailbox(grant.email, [settings.email, settings.pop3.user])) return;
  throw new MailError('invalid', 'another mailbox was signed in', {
    reason: 'oauth-other-mailbox',
    field: 'settings.email',
    params: { provider, email: grant.email ?? '' },
  });
}
