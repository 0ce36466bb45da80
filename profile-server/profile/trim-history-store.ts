import { DAY, type Millis } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { LAYER_SESSION } from '../layer/layer-session.ts';

/** As far back as a profile can be brought back. */
export const HISTORY_KEPT = 365 * DAY;
/** So many changes are looked at in one transaction: ten thousand users may have come within a minute. */
const STEP = 2000;
const PLACE = 'history-trimmed';

/**
 * Removes changes that are older than a year, some at a time, from where it was the last time. Of each item the last one before that stays:
 * it is what the item was like a year ago, and what a change of today is held against. False when nothing is left to do now.
 */
export async function trimHistory(tx: Writer, now: Millis): Promise<boolean> {
  const end = now - HISTORY_KEPT;
  const from = await readPlace(tx);
  if (from === null || end <= from) return false;
  const last = await tx.get<{ at: number }>(
    `SELECT at FROM profile_history WHERE at > ? AND at <= ? ORDER BY at LIMIT 1 OFFSET ${STEP}`,
    [from, end],
  );
  // Never 0, which stands for a place that was not reached yet: changes of the first moment of time would be gone over for ever.
  const until = Math.max(last?.at ?? end, 1);
  const settled = await tx.all<{ user: string; part: string; id: string; revision: number }>(
    `SELECT h.user AS user, h.part AS part, h.id AS id, MAX(h.revision) AS revision FROM profile_history h
      WHERE h.at > ? AND h.at <= ? AND EXISTS (SELECT 1 FROM profile_history o
        WHERE o.user = h.user AND o.part = h.part AND o.id = h.id AND o.revision < h.revision)
      GROUP BY h.user, h.part, h.id`,
    [from, until],
  );
  for (const { user, part, id, revision } of settled) {
    // That a layer once gave the item is known by its first line only.
    await tx.run(
      `DELETE FROM profile_history WHERE user = ? AND part = ? AND id = ? AND revision < ?
        AND NOT (value_before IS NULL AND session = ?)`,
      [user, part, id, revision, LAYER_SESSION],
    );
  }
  await tx.run('UPDATE counter SET value = ? WHERE name = ?', [until, PLACE]);
  return until < end;
}

/** Up to when it was done, in milliseconds; at first before the first change. Null: there is none. */
async function readPlace(tx: Writer): Promise<Millis | null> {
  const kept = await tx.get<{ value: number }>('SELECT value FROM counter WHERE name = ?', [PLACE]);
  if (kept !== undefined && kept.value > 0) return kept.value;
  const first = await tx.get<{ at: number | null }>('SELECT MIN(at) AS at FROM profile_history');
  return first === undefined || first.at === null ? null : first.at - 1;
}
