import { createHash } from 'node:crypto';
import type { SessionTarget } from '../smtp-session.ts';

/** What two mails must have in common to leave over one session. */
export interface PoolKey {
  text: string;
  /** Whose credential it was opened with; null for what goes our own way. */
  user: string | null;
  account: string | null;
}

/**
 * Host, port, what is demanded of TLS, and the credential with the account that it belongs to: two accounts never share
 * a session, though they have the same login, and after a new password none that the old one opened is used. By name,
 * not address: TLS looks at the name, and an address was looked up and allowed when the session began.
 */
export function makePoolKey(target: SessionTarget, owner: { user: string; account: string } | null): PoolKey {
  const { host, port, tls, login } = target;
  const secret = createHash('sha256')
    .update(login?.secret ?? '')
    .digest('base64');
  const credential = login === null ? null : [login.user, login.auth, secret];
  const signed = owner === null ? null : [owner.user, owner.account];
  return {
    text: JSON.stringify([host, port, tls, credential, signed]),
    user: owner?.user ?? null,
    account: owner?.account ?? null,
  };
}
