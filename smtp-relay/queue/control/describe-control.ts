import type { RecipientStatus } from '../../../common/shapes/status.ts';
import { formatTime, type Millis } from '../../../common/time.ts';
import type { RecipientState } from '../queued-mail.ts';
import type { ControlRow } from './control-store.ts';

/** What the sender's status shows after somebody acted; the last try's facts stay as long as it is not stopped by others. */
export function describeControl(
  row: ControlRow,
  change: { state: RecipientState; nextTry: Millis | null; actor: string },
): RecipientStatus {
  const { state, nextTry, actor } = change;
  const stopped = state === 'held' || state === 'cancelled';
  return {
    address: row.address,
    state,
    route: row.account === null ? 'relay' : 'smarthost',
    host: row.host,
    code: row.code,
    enhanced: row.enhanced,
    tls: row.tls,
    attempts: row.attempts,
    lastAttempt: formatTime(row.lastAttempt),
    nextTry: formatTime(nextTry),
    // His own doing needs no reason.
    reason: stopped && actor !== row.user ? `forbidden/${state}-by-admin` : row.reason,
    serverLine: row.serverLine,
  };
}
