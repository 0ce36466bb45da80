import type { ProfilePart } from '../../common/shapes/profile.ts';
import { formatTime } from '../../common/time.ts';
import type { ProfileContext } from '../context.ts';
import { readHistory } from '../profile/history-store.ts';
import { describeChange, type FieldChange } from './describe-change.ts';
import { nameItem } from './name-item.ts';

/** One line of `profile history`. */
export interface HistoryEntry {
  revision: number;
  at: string;
  part: ProfilePart;
  id: string;
  /** For people: the name of the mailbox, rule, contact…; the key of a preference. */
  name: string;
  change: 'added' | 'changed' | 'removed';
  fields: FieldChange[];
  session: string;
  client: string | null;
  address: string | null;
}

const MOST = Number.MAX_SAFE_INTEGER;

/** What changed of the profile, the newest first; `next` is the `before` of the page after it, null at the end. */
export async function readProfileHistory(
  server: ProfileContext,
  user: string,
  which: { since: number | null; before: number | null; limit: number },
): Promise<{ entries: HistoryEntry[]; next: number | null }> {
  const { since, before, limit } = which;
  const records = await readHistory(server.db.read, user, {
    since: since ?? 0,
    before: before ?? MOST,
    limit,
  });
  const entries = records.map((record): HistoryEntry => {
    const { revision, part, id, session, client, address } = record;
    const change =
      record.value_before === null ? 'added' : record.value_after === null ? 'removed' : 'changed';
    const name = nameItem(part, id, record.value_after ?? record.value_before);
    const fields = describeChange(record.value_before, record.value_after);
    return { revision, at: formatTime(record.at), part, id, name, change, fields, session, client, address };
  });
  // All items of one revision stand on one page, or the next one would begin in the midst of it.
  const last = entries.at(-1)?.revision ?? null;
  if (entries.length < limit || last === null) return { entries, next: null };
  const whole = entries.filter(({ revision }) => revision !== last);
  return whole.length === 0 ? { entries, next: last } : { entries: whole, next: last + 1 };
}
