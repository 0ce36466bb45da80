import { foldHost } from '../../../common/host.ts';
import { MailError } from '../../../common/errors.ts';
import type { TlsMode } from '../../../common/shapes/account.ts';
import type { MendProblem } from '../../../common/shapes/health.ts';

export interface Place {
  host: string;
  port: number;
  tls: TlsMode;
}

/** Ports of POP3 (RFC 1939) and of POP3 with implicit TLS (RFC 8314): others may be anybody's service. */
const POP3_PORTS: readonly number[] = [110, 995];

/**
 * Whether a new place sends the password elsewhere: to another host, or over a line that is not encrypted. Both need an
 * organisation admin who has typed the new host; group admins may only change how the same host is spoken to.
 */
export function needsConfirmation(from: Place, to: Place): boolean {
  return foldHost(from.host) !== foldHost(to.host) || (to.tls === 'none' && from.tls !== 'none');
}

/** MailError `forbidden` (`admins-only`, where only an organisation admin may) or `invalid` (`confirm-host`). */
export function demandConfirmed(
  from: Pick<Place, 'host'>,
  to: Place,
  who: { organisation: boolean; confirm: string | undefined; needed: boolean },
): void {
  if (!who.needed) return;
  if (!who.organisation) {
    throw new MailError('forbidden', 'only organisation admins may send passwords elsewhere', {
      reason: 'password-elsewhere',
      params: { host: to.host },
    });
  }
  if (foldHost(who.confirm ?? '') !== foldHost(to.host)) {
    throw new MailError('invalid', `${from.host} to ${to.host} was not confirmed`, {
      reason: 'confirm-host',
      field: 'confirm',
      params: { host: to.host },
    });
  }
}

/** What forbids the new place for one account; null when nothing does. */
export function judgeMend(
  from: Place,
  to: Place,
  account: { oauth: boolean; locked: boolean; organisation: boolean },
): MendProblem | null {
  if (account.locked) return 'locked';
  const elsewhere = foldHost(from.host) !== foldHost(to.host);
  // Tokens go to their provider's own hosts only: the user signs in again.
  if (elsewhere && account.oauth) return 'oauth';
  if (account.organisation) return null;
  if (to.tls === 'none' && from.tls !== 'none') return 'weaker-tls';
  if (to.port !== from.port && !POP3_PORTS.includes(to.port)) return 'own-port';
  return null;
}

export function isSamePlace(a: Place, b: Place): boolean {
  return foldHost(a.host) === foldHost(b.host) && a.port === b.port && a.tls === b.tls;
}
