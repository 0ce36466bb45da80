import type { Language } from '../../common/shapes/profile.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** Where alerts are told. */
export interface TargetRecord {
  id: string;
  kind: 'mail' | 'webhook';
  address: string;
  language: Language;
  /** The webhook's signing secret under the master key; null for mail. */
  sealed: Uint8Array | null;
  made_by: string;
  made_at: number;
}

const COLUMNS = 'id, kind, address, language, sealed, made_by, made_at';

export async function listTargets(reader: Reader): Promise<TargetRecord[]> {
  return await reader.all<TargetRecord>(`SELECT ${COLUMNS} FROM alert_target ORDER BY made_at, id LIMIT 100`);
}

export async function findTarget(reader: Reader, id: string): Promise<TargetRecord | undefined> {
  return await reader.get<TargetRecord>(`SELECT ${COLUMNS} FROM alert_target WHERE id = ?`, [id]);
}

export async function addTarget(tx: Writer, target: TargetRecord): Promise<void> {
  const { id, kind, address, language, sealed, made_by, made_at } = target;
  await tx.run(`INSERT INTO alert_target (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`, [
    id,
    kind,
    address,
    language,
    sealed,
    made_by,
    made_at,
  ]);
}

/** With what was still to be told there. False when there is none. */
export async function removeTarget(tx: Writer, id: string): Promise<boolean> {
  await tx.run('DELETE FROM alert_delivery WHERE target = ?', [id]);
  return (await tx.run('DELETE FROM alert_target WHERE id = ?', [id])).changes === 1;
}

/** An organisation admin with a home, to whom results of the mail go; `wanted` where he still is one. */
export async function findReceiver(reader: Reader, wanted: string): Promise<string | null> {
  const row = await reader.get<{ id: string }>(
    `SELECT id FROM user WHERE admin = 1 AND disabled = 0 AND home IS NOT NULL
      ORDER BY CASE WHEN id = ? THEN 0 ELSE 1 END, created_at LIMIT 1`,
    [wanted],
  );
  return row?.id ?? null;
}
