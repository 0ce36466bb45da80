import { ALERT_KINDS, ALERT_THRESHOLDS, type AlertKind, type AlertRule } from '../../common/shapes/alert.ts';
import { addRow } from '../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { writeRows } from '../../server-kit/database/write-rows.ts';

export interface AlertRecord {
  id: string;
  kind: AlertKind;
  subject: string;
  /** JSON. */
  detail: string;
  opened_at: number;
  resolved_at: number | null;
}

const COLUMNS = 'id, kind, subject, detail, opened_at, resolved_at';

/** Every kind, with what was set or is usual. */
export async function listRules(reader: Reader): Promise<AlertRule[]> {
  const rows = await reader.all<{ kind: AlertKind; enabled: number; threshold: number }>(
    'SELECT kind, enabled, threshold FROM alert_rule',
  );
  return ALERT_KINDS.map((kind) => {
    const row = rows.find((one) => one.kind === kind);
    if (row === undefined) return { kind, enabled: true, threshold: ALERT_THRESHOLDS[kind].usual };
    return { kind, enabled: row.enabled === 1, threshold: row.threshold };
  });
}

export async function saveRule(tx: Writer, { kind, enabled, threshold }: AlertRule): Promise<void> {
  const set = { enabled: 'replace', threshold: 'replace' } as const;
  const rows = [[kind, enabled ? 1 : 0, threshold]];
  await writeRows(tx, 'alert_rule', ['kind', 'enabled', 'threshold'], rows, { keys: ['kind'], set });
}

export async function listOpenAlerts(reader: Reader): Promise<AlertRecord[]> {
  return await reader.all<AlertRecord>(
    `SELECT ${COLUMNS} FROM alert WHERE open_key IS NOT NULL ORDER BY opened_at DESC, id LIMIT 1000`,
  );
}

/** Also those that are over, newest first. */
export async function listAlerts(reader: Reader, limit: number): Promise<AlertRecord[]> {
  return await reader.all<AlertRecord>(`SELECT ${COLUMNS} FROM alert ORDER BY opened_at DESC, id LIMIT ?`, [
    limit,
  ]);
}

/** False when another process has opened it. */
export async function openAlert(tx: Writer, alert: Omit<AlertRecord, 'resolved_at'>): Promise<boolean> {
  return await addRow(tx, 'alert', 'id, kind, subject, open_key, detail, opened_at', [
    alert.id,
    alert.kind,
    alert.subject,
    `${alert.kind} ${alert.subject}`,
    alert.detail,
    alert.opened_at,
  ]);
}

/** False when another process has ended it. */
export async function resolveAlert(tx: Writer, id: string, now: number): Promise<boolean> {
  const { changes } = await tx.run(
    'UPDATE alert SET open_key = NULL, resolved_at = ? WHERE id = ? AND resolved_at IS NULL',
    [now, id],
  );
  return changes === 1;
}

export async function removeOldAlerts(tx: Writer, before: number): Promise<void> {
  await tx.run('DELETE FROM alert WHERE resolved_at < ?', [before]);
}
