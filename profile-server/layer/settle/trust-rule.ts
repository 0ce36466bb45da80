import { foldHost, readDomain } from '../../../common/host.ts';
import type { AccountSettings } from '../../../common/shapes/account.ts';

interface Place {
  host: string;
  tls: string;
}

/**
 * Whether a password that a user gave for one server may go to another that an admin has put in its place. Else an admin
 * could have everybody's passwords sent to a host of his own: it stays with the host, or inside of the account's own mail
 * domain, whose owner has the mail anyway; and it never goes out in clear that did not before.
 */
export function keepsPassword(before: Place | null, after: Place | null, email: string): boolean {
  if (before === null || after === null) return false;
  if (after.tls === 'none' && before.tls !== 'none') return false;
  const [old, next] = [foldHost(before.host), foldHost(after.host)];
  return old === next || (isInside(old, email) && isInside(next, email));
}

/** `email` of before: an admin may have changed it in the same act. */
export function listLostPasswords(before: AccountSettings, after: AccountSettings): ('pop3' | 'smtp')[] {
  const lost: ('pop3' | 'smtp')[] = [];
  if (!keepsPassword(before.pop3, after.pop3, before.email)) lost.push('pop3');
  if (!keepsPassword(before.send.smtp, after.send.smtp, before.email)) lost.push('smtp');
  return lost;
}

function isInside(host: string, email: string): boolean {
  const domain = readDomain(email);
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}
