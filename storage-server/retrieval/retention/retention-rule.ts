import { DAY, type Millis } from '../../../common/time.ts';
import type { LedgerEntry } from '../ledger/ledger-store.ts';

/**
 * Whether the retention contract lets a message that is here go there: `delete` at once, `days:N` N days after it was
 * first here, `mirror` when the user removed it for ever here, and never merely because it is not here any more.
 */
export function isDue(
  keep: string,
  entry: Pick<LedgerEntry, 'state' | 'first_seen' | 'removed_at'>,
  now: Millis,
): boolean {
  if (entry.state === 'stays' || keep === 'always') return false;
  if (keep === 'delete') return true;
  if (keep === 'mirror') return entry.removed_at !== null;
  const days = Number(/^days:(\d+)$/.exec(keep)?.[1] ?? Infinity);
  return entry.first_seen + days * DAY <= now;
}

/** Whether this entry must be retrieved (again) although its UIDL and size are known. */
export function mustFetch(entry: Pick<LedgerEntry, 'state' | 'listed' | 'removed_at'>): boolean {
  // A UIDL that was gone and is back may stand for another message by now: only its bytes can tell.
  if (entry.state === 'deleted' || entry.listed === 0) return true;
  return entry.state === 'lost' && entry.removed_at === null;
}
