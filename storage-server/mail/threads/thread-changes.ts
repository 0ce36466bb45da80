import { countUnread } from '../mail-record.ts';
import type { MailState } from '../mail-state.ts';

/** One conversation within one mailbox. */
export interface ThreadRow {
  thread: number;
  mailbox: string;
  /** Of its newest mail there: of equal dates the one with the highest number. */
  date: number;
  mail: number;
  total: number;
  unread: number;
}
export type ThreadPlace = Pick<ThreadRow, 'thread' | 'mailbox'>;

interface Change extends ThreadPlace {
  total: number;
  unread: number;
  newest: { date: number; mail: number } | null;
  left: Set<number>;
}

/** What is to be written: rows as they become, places without a row, and places that must be counted again. */
export interface ThreadDecision {
  put: ThreadRow[];
  /** Rows whose place in the list stays: only their counts change. */
  count: ThreadRow[];
  drop: ThreadPlace[];
  recount: ThreadPlace[];
}

/** Gathers what a transaction changes of conversations and decides what their rows become. */
export class ThreadChanges {
  readonly #changes = new Map<string, Change>();

  /** Null before: it is new; null after: it is gone. */
  replace(before: MailState | null, after: MailState | null): void {
    const stays =
      before !== null &&
      after !== null &&
      before.thread === after.thread &&
      before.mailbox === after.mailbox &&
      before.date === after.date;
    if (stays) {
      const unread = countUnread(after.flags) - countUnread(before.flags);
      if (unread !== 0) this.#at(after).unread += unread;
      return;
    }
    if (before !== null) {
      const change = this.#at(before);
      change.total -= 1;
      change.unread -= countUnread(before.flags);
      change.left.add(before.id);
    }
    if (after !== null) {
      const change = this.#at(after);
      change.total += 1;
      change.unread += countUnread(after.flags);
      change.newest = findNewest(change.newest, { date: after.date, mail: after.id });
    }
  }

  #at({ thread, mailbox }: ThreadPlace): Change {
    const key = keyOf({ thread, mailbox });
    const known = this.#changes.get(key);
    if (known !== undefined) return known;
    const change: Change = { thread, mailbox, total: 0, unread: 0, newest: null, left: new Set() };
    this.#changes.set(key, change);
    return change;
  }

  /** Of which rows are needed to decide. */
  listThreads(): number[] {
    return [...new Set([...this.#changes.values()].map(({ thread }) => thread))];
  }

  /** `rows` are those that the threads have now. */
  decide(rows: readonly ThreadRow[]): ThreadDecision {
    const known = new Map(rows.map((row) => [keyOf(row), row]));
    const decision: ThreadDecision = { put: [], count: [], drop: [], recount: [] };
    for (const [key, change] of this.#changes) {
      const { thread, mailbox } = change;
      const row = known.get(key) ?? null;
      const total = (row?.total ?? 0) + change.total;
      const unread = (row?.unread ?? 0) + change.unread;
      const gone = row !== null && change.left.has(row.mail);
      const newest = gone ? null : findNewest(row, change.newest);
      if (total <= 0) decision.drop.push({ thread, mailbox });
      else if (newest === null) decision.recount.push({ thread, mailbox });
      else {
        const { date, mail } = newest;
        const kind = row?.mail === mail && row.date === date ? 'count' : 'put';
        decision[kind].push({ thread, mailbox, date, mail, total, unread });
      }
    }
    return decision;
  }
}

export function keyOf({ thread, mailbox }: ThreadPlace): string {
  return `${thread}/${mailbox}`;
}

function findNewest<T extends { date: number; mail: number }>(a: T | null, b: T | null): T | null {
  if (a === null || b === null) return a ?? b;
  return a.date > b.date || (a.date === b.date && a.mail > b.mail) ? a : b;
}

/** The rows of these places, from the mails that are in them. */
export function countThreads(
  places: readonly ThreadPlace[],
  mails: readonly Pick<MailState, 'id' | 'thread' | 'mailbox' | 'date' | 'flags'>[],
): ThreadRow[] {
  const rows = new Map<string, ThreadRow | null>(places.map((place) => [keyOf(place), null]));
  for (const { id, thread, mailbox, date, flags } of mails) {
    const key = keyOf({ thread, mailbox });
    const row = rows.get(key);
    if (row === undefined) continue;
    const one = { thread, mailbox, date, mail: id };
    const counts = { total: (row?.total ?? 0) + 1, unread: (row?.unread ?? 0) + countUnread(flags) };
    rows.set(key, { ...one, ...findNewest(row, { ...one, ...counts }), ...counts });
  }
  return [...rows.values()].filter((row) => row !== null);
}
