import { DAY, formatTime, type Millis } from '../../common/time.ts';
import type { StoredRecipient } from '../sending/status/recipient-store.ts';
import { chooseReason } from './reason.ts';
import type { ReportedRecipient } from './report.ts';

/** Where and when the notification arrived. */
export interface ReportSource {
  /** Id of the mail that it is. */
  mail: string;
  received: Millis;
}

/** A host that reports a delay without saying until when it tries goes on for so long (RFC 5321 4.5.4.1). */
const RETRIED_FOR = 5 * DAY;

/**
 * What becomes of a recipient with what another host reports of him; null: nothing. The relay only knows that the next
 * host took the mail, so that a report stands above that; what failed stays failed.
 */
export function mergeReport(
  before: StoredRecipient,
  reported: ReportedRecipient,
  { mail, received }: ReportSource,
): StoredRecipient | null {
  if (before.state === 'held' || before.state === 'cancelled') return null;
  // Its reason is known better already, by the relay or by a first notification.
  if (before.state === 'failed') return { ...before, report: before.report ?? mail };
  const { action, host, code, enhanced, line } = reported;
  const lastAttempt = formatTime(Math.min(reported.lastAttempt ?? received, received));
  const said = { code, enhanced, serverLine: line, host: host ?? before.host };
  const known = { ...before, report: mail, lastAttempt, nextTry: null, until: null };
  switch (action) {
    case 'failed':
      return { ...known, ...said, state: 'failed', reason: chooseReason(true, reported), deliveredAt: null };
    case 'delayed': {
      if (typeof before.deliveredAt === 'string') return null;
      const until = reported.until ?? received + RETRIED_FOR;
      return { ...known, ...said, state: 'deferred', reason: chooseReason(false, reported), until };
    }
    case 'delivered':
      return { ...known, ...said, state: 'accepted', reason: null, deliveredAt: lastAttempt };
    default:
      // Passed on to where nothing more will be heard of: as good as accepted.
      return { ...known, state: 'accepted', reason: null };
  }
}
