import type { Millis } from '../../../../common/time.ts';
import type { Reader } from '../../../../server-kit/database/database.ts';

export const WAITING_STATES = ['queued', 'deferred', 'held'] as const;
export type WaitingState = (typeof WAITING_STATES)[number];

export interface WaitingCount {
  state: WaitingState;
  priority: number;
  recipients: number;
  /** When the oldest was queued. */
  oldest: Millis;
}

/** What waits, by state and priority: looked for among unfinished mails, since finished ones are remembered for long. */
export async function countByState(reader: Reader): Promise<WaitingCount[]> {
  return await reader.all<WaitingCount>(
    `SELECT r.state AS state, r.priority AS priority, COUNT(*) AS recipients, MIN(m.queued_at) AS oldest
     FROM mail m JOIN recipient r ON r.mail = m.id
     WHERE m.finished_at IS NULL AND r.state IN ('queued', 'deferred', 'held')
     GROUP BY r.state, r.priority`,
  );
}

/** What waits for each destination, without what is held: nothing but its pause keeps it back. */
export async function countByDestination(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader.all<{ destination: string; n: number }>(
    `SELECT r.destination AS destination, COUNT(*) AS n
     FROM mail m JOIN recipient r ON r.mail = m.id
     WHERE m.finished_at IS NULL AND r.state IN ('queued', 'deferred')
     GROUP BY r.destination`,
  );
  return new Map(rows.map(({ destination, n }) => [destination, n]));
}
