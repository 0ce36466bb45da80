import type { Millis } from '../../common/time.ts';
import type { Listed } from '../pop3/listing.ts';
import type { LedgerEntry } from './ledger/ledger-store.ts';
import { isContentKey, isPositional, makeLedgerKeys } from './ledger/ledger-key.ts';
import { isDue, mustFetch } from './retention/retention-rule.ts';

/** A message to retrieve; `known` is what the ledger has under its key although it is not taken for the same. */
export interface Wanted {
  listed: Listed;
  key: string | null;
  known: LedgerEntry | null;
}

/** A message to delete there. `verified`: what is stored of it was read back already. */
export interface Removal {
  number: number;
  entry: LedgerEntry;
  verified: boolean;
}

/** What one session does, decided from the listing and the ledger alone. */
export interface Plan {
  /** Newest first. */
  fetch: Wanted[];
  /** Here already and to be deleted there by the retention contract. */
  remove: Removal[];
  /** Entries whose UIDL no longer means their message, by mail: one of these with the same bytes is the same message under a new UIDL. */
  gone: Map<string, LedgerEntry[]>;
  /** UIDLs that stand for what they always stood for. */
  present: Set<string>;
  /** Deletions that took effect: their UIDLs may be given to other messages one day. */
  forget: string[];
  /** Listed the last time and not now. */
  unlisted: string[];
  /** Whether some messages have no UIDL of their own. */
  nameless: boolean;
}

/** `distrust`: the UIDLs were given to other messages; only the bytes tell which is which (probe.ts). */
export function planSession(
  messages: readonly Listed[],
  ledger: readonly LedgerEntry[],
  contract: { keep: string; now: Millis },
  distrust = false,
): Plan {
  const { keep, now } = contract;
  const keys = makeLedgerKeys(messages);
  const byKey = new Map(ledger.map((entry) => [entry.uidl, entry]));
  const listedKeys = new Set(keys);
  const positional = isPositional(messages);
  const plan: Plan = {
    fetch: [],
    remove: [],
    gone: new Map(),
    present: new Set(),
    forget: [],
    unlisted: [],
    nameless: listedKeys.has(null),
  };
  for (const [index, listed] of messages.entries()) {
    const key = keys[index] ?? null;
    const known = key === null ? null : (byKey.get(key) ?? null);
    const due = known !== null && isDue(keep, known, now);
    const believed = !distrust && !(positional && isUnproven(known, due));
    const same = believed && known !== null && known.size === listed.size;
    if (known === null || !same || mustFetch(known)) {
      plan.fetch.push({ listed, key, known });
    } else if (due) {
      plan.remove.push({ number: listed.number, entry: known, verified: false });
    }
    if (same && known?.listed === 1) plan.present.add(known.uidl);
  }
  plan.fetch.reverse();
  for (const entry of ledger) {
    if (plan.present.has(entry.uidl)) continue;
    // Keys made of the bytes are found by retrieving only: whether they are listed still is not known yet.
    if (plan.nameless && isContentKey(entry.uidl)) continue;
    if (entry.state === 'deleted' || entry.state === 'deleting') {
      if (!listedKeys.has(entry.uidl)) plan.forget.push(entry.uidl);
      // Where UIDLs are positions, a message whose deletion took no effect may have moved to another one.
      if (!positional || entry.state === 'deleted') continue;
    }
    if (entry.listed === 1 && !listedKeys.has(entry.uidl)) plan.unlisted.push(entry.uidl);
    addGone(plan.gone, entry);
  }
  return plan;
}

/**
 * Whether nothing tells that it is still what stands there, where UIDLs are positions: a deletion may have taken effect
 * without our hearing of it, and what the user removed cannot be probed. It must be looked at before it is deleted.
 */
function isUnproven(known: LedgerEntry | null, due: boolean): boolean {
  return known !== null && (known.state === 'deleting' || (due && known.removed_at !== null));
}

/** What the account had at other maildrops counts as gone from there: it moved. */
export function addFormer(plan: Plan, former: readonly LedgerEntry[]): void {
  for (const entry of former) {
    if (entry.state !== 'deleted' && entry.state !== 'deleting') addGone(plan.gone, entry);
  }
}

function addGone(gone: Map<string, LedgerEntry[]>, entry: LedgerEntry): void {
  gone.set(entry.mail, [...(gone.get(entry.mail) ?? []), entry]);
}
