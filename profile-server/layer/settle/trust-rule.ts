import { getDomain } from 'tldts';
import { foldHost, readDomain } from '../../../common/host.ts';
import type { AccountSettings } from '../../../common/shapes/account.ts';

interface Place {
  host: string;
  port: number;
  tls: string;
}

/** Of POP3 and submission, in clear and under TLS: others may be anybody's service on a host that many use. */
const MAIL_PORTS: readonly number[] = [110, 995, 25, 465, 587];

/** Who gives, and the account's address before: an admin may have changed it in the same act. */
interface Giver {
  email: string;
  /** The organisation; else a group, whose admin decides no password's destination. */
  organisation: boolean;
}

/**
 * Whether a password that a user gave for one server may go to another that an admin has put in its place. Else an admin
 * could have everybody's passwords sent to a host of his own: it stays with the host, and of a group's layer with the ports
 * of mail; by the organisation's it may move inside of the account's own mail domain, whose owner has the mail anyway. It
 * never goes out in clear that did not before.
 */
export function keepsPassword(before: Place | null, after: Place | null, by: Giver): boolean {
  if (before === null || after === null) return false;
  if (after.tls === 'none' && before.tls !== 'none') return false;
  const [old, next] = [foldHost(before.host), foldHost(after.host)];
  if (!by.organisation)
    return old === next && (before.port === after.port || MAIL_PORTS.includes(after.port));
  return old === next || (isInside(old, by.email) && isInside(next, by.email));
}

export function listLostPasswords(
  before: AccountSettings,
  after: AccountSettings,
  organisation: boolean,
): ('pop3' | 'smtp')[] {
  const by = { email: before.email, organisation };
  const lost: ('pop3' | 'smtp')[] = [];
  if (!keepsPassword(before.pop3, after.pop3, by)) lost.push('pop3');
  if (!keepsPassword(before.send.smtp, after.send.smtp, by)) lost.push('smtp');
  return lost;
}

function isInside(host: string, email: string): boolean {
  const domain = readDomain(email);
  // An address below nothing but `org` or `github.io` is an admin's own: those belong to nobody, or to everybody.
  if (getDomain(domain, { allowPrivateDomains: true }) === null) return false;
  return host === domain || host.endsWith(`.${domain}`);
}
