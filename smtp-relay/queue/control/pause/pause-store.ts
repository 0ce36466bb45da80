import type { Millis } from '../../../../common/time.ts';
import type { Database, Reader } from '../../../../server-kit/database/database.ts';

export interface Pause {
  /** `all`, or a destination as recipients have it. */
  scope: string;
  reason: string;
  /** The administrator. */
  by: string;
  since: Millis;
}

interface PauseRow {
  scope: string;
  reason: string;
  paused_by: string;
  since: Millis;
}

/** Oldest first. */
export async function listPauses(reader: Reader): Promise<Pause[]> {
  const rows = await reader.all<PauseRow>(
    'SELECT scope, reason, paused_by, since FROM pause ORDER BY since, scope',
  );
  return rows.map(({ scope, reason, paused_by, since }) => ({ scope, reason, by: paused_by, since }));
}

/** Keeps the pause; one that is there already gets the new reason and stays as old as it is. */
export async function keepPause(database: Database, pause: Pause): Promise<void> {
  await database.write(async (tx) => {
    await tx.run(
      tx.engine === 'mysql'
        ? `INSERT INTO pause (scope, reason, paused_by, since) VALUES (?, ?, ?, ?)
           ON DUPLICATE KEY UPDATE reason = VALUES(reason), paused_by = VALUES(paused_by)`
        : `INSERT INTO pause (scope, reason, paused_by, since) VALUES (?, ?, ?, ?)
           ON CONFLICT (scope) DO UPDATE SET reason = excluded.reason, paused_by = excluded.paused_by`,
      [pause.scope, pause.reason, pause.by, pause.since],
    );
  });
}

/** False when nothing of that scope was paused. */
export async function dropPause(database: Database, scope: string): Promise<boolean> {
  return await database.write(async (tx) => {
    const { changes } = await tx.run('DELETE FROM pause WHERE scope = ?', [scope]);
    return changes === 1;
  });
}
