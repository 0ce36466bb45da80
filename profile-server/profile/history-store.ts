import type { ProfilePart } from '../../common/shapes/profile.ts';
import type { Reader } from '../../server-kit/database/database.ts';

/** One change of one item; values as JSON, null for none. */
export interface HistoryRecord {
  revision: number;
  part: ProfilePart;
  id: string;
  value_before: string | null;
  value_after: string | null;
  session: string;
  at: number;
  /** What the client called itself and where it was; null where the session has been cleared away. */
  client: string | null;
  address: string | null;
}

/** What changed from `since` on and before the revision `before`, the newest first. */
export async function readHistory(
  reader: Reader,
  user: string,
  which: { since: number; before: number; limit: number },
): Promise<HistoryRecord[]> {
  return await reader.all<HistoryRecord>(
    `SELECT h.revision, h.part, h.id, h.value_before, h.value_after, h.session, h.at, s.client, s.address
      FROM profile_history h LEFT JOIN session s ON s.id = h.session
      WHERE h.user = ? AND h.at >= ? AND h.revision < ? ORDER BY h.revision DESC, h.part, h.id LIMIT ?`,
    [user, which.since, which.before, which.limit],
  );
}

/** The last change of each item up to a time and a revision. */
export async function readValuesAt(
  reader: Reader,
  user: string,
  until: { at: number; revision: number },
): Promise<{ part: ProfilePart; id: string; value: string | null }[]> {
  return await reader.all(
    `SELECT h.part, h.id, h.value_after AS value FROM profile_history h
      JOIN (SELECT part, id, MAX(revision) AS revision FROM profile_history
        WHERE user = ? AND at <= ? AND revision <= ? GROUP BY part, id) last
      ON last.part = h.part AND last.id = h.id AND last.revision = h.revision WHERE h.user = ?`,
    [user, until.at, until.revision, user],
  );
}

/** What an item held at a revision, by its history; undefined where it had none yet. */
export async function findValueAt(
  reader: Reader,
  { user, part, id, revision }: { user: string; part: ProfilePart; id: string; revision: number },
): Promise<{ value: string | null } | undefined> {
  return await reader.get(
    `SELECT value_after AS value FROM profile_history WHERE user = ? AND part = ? AND id = ? AND revision <= ?
      ORDER BY revision DESC LIMIT 1`,
    [user, part, id, revision],
  );
}

/** One change of one item; undefined where there was none at that revision. */
export async function findChange(
  reader: Reader,
  { user, part, id, revision }: { user: string; part: ProfilePart; id: string; revision: number },
): Promise<{ value_before: string | null; value_after: string | null } | undefined> {
  return await reader.get(
    'SELECT value_before, value_after FROM profile_history WHERE user = ? AND revision = ? AND part = ? AND id = ?',
    [user, revision, part, id],
  );
}
