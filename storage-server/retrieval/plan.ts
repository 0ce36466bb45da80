import { DAY, type Millis } from '../../common/time.ts';
import type { Listed } from '../pop3/listing.ts';
import type { LedgerEntry } from './ledger-store.ts';
import { makeLedgerKeys } from './ledger-key.ts';

/** A message to retrieve; `known` is what the ledger has under its key although it is not taken for the same. */
export interface Wanted {
  listed: Listed;
  key: string | null;
  known: LedgerEntry | null;
}

/** What one session does, decided from the listing and the ledger alone. */
export interface Plan {
  /** Newest first. */
  fetch: Wanted[];
  /** Here already and to be deleted there by the retention contract. */
  remove: { number: number; key: string }[];
  /** Entries whose UIDL no longer means their message, by mail: one of these with the same bytes is the same message under a new UIDL. */
  gone: Map<string, LedgerEntry[]>;
  /** Deletions that took effect: their UIDLs may be given to other messages one day. */
  forget: string[];
}

/** Whether the retention contract (`always`, `delete`, `days:N`) lets this message go, N days after it was first here. */
export function isDue(keep: string, entry: Pick<LedgerEntry, 'state' | 'first_seen'>, now: Millis): boolean {
  if (entry.state === 'stays' || keep === 'always') return false;
  if (keep === 'delete') return true;
  const days = Number(/^days:(\d+)$/.exec(keep)?.[1] ?? Infinity);
  return entry.first_seen + days * DAY <= now;
}

export function planSession(
  messages: readonly Listed[],
  ledger: readonly LedgerEntry[],
  keep: string,
  now: Millis,
): Plan {
  const keys = makeLedgerKeys(messages);
  const byKey = new Map(ledger.map((entry) => [entry.uidl, entry]));
  const plan: Plan = { fetch: [], remove: [], gone: new Map(), forget: [] };
  const present = new Set<string>();
  for (const [index, listed] of messages.entries()) {
    const key = keys[index] ?? null;
    const known = key === null ? null : (byKey.get(key) ?? null);
    if (known === null || known.state === 'deleted' || known.size !== listed.size) {
      plan.fetch.push({ listed, key, known });
    } else if (isDue(keep, known, now)) plan.remove.push({ number: listed.number, key: known.uidl });
    if (known !== null && known.size === listed.size) present.add(known.uidl);
  }
  plan.fetch.reverse();
  const listedKeys = new Set(keys);
  // Keys made of the bytes are found by retrieving only: whether they are listed still is not known yet.
  const nameless = listedKeys.has(null);
  for (const entry of ledger) {
    if (present.has(entry.uidl) || (nameless && isContentKey(entry.uidl))) continue;
    if (entry.state === 'deleted' || entry.state === 'deleting') {
      if (!listedKeys.has(entry.uidl)) plan.forget.push(entry.uidl);
      continue;
    }
    plan.gone.set(entry.mail, [...(plan.gone.get(entry.mail) ?? []), entry]);
  }
  return plan;
}

function isContentKey(key: string): boolean {
  return key.startsWith('bytes ');
}
