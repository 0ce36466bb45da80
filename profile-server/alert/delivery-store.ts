import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** One message to one target. */
export interface DeliveryRecord {
  id: string;
  target: string;
  /** JSON of an AlertMessage. */
  body: string;
  made_at: number;
  /** Whoever takes it from then on tells it; null when it is told, given up, or a mail that the outbox has. */
  take_at: number | null;
  tries: number;
  done_at: number | null;
  /** Code of the last try that failed. */
  error: string | null;
}

const COLUMNS = 'id, target, body, made_at, take_at, tries, done_at, error';

export async function addDelivery(tx: Writer, delivery: DeliveryRecord): Promise<void> {
  const { id, target, body, made_at, take_at, tries, done_at, error } = delivery;
  await tx.run(`INSERT INTO alert_delivery (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, [
    id,
    target,
    body,
    made_at,
    take_at,
    tries,
    done_at,
    error,
  ]);
}

export async function findDelivery(reader: Reader, id: string): Promise<DeliveryRecord | undefined> {
  return await reader.get<DeliveryRecord>(`SELECT ${COLUMNS} FROM alert_delivery WHERE id = ?`, [id]);
}

/** Oldest first. */
export async function listDueDeliveries(reader: Reader, now: number): Promise<DeliveryRecord[]> {
  return await reader.all<DeliveryRecord>(
    `SELECT ${COLUMNS} FROM alert_delivery WHERE take_at <= ? ORDER BY take_at, id LIMIT 20`,
    [now],
  );
}

/** False when another process was faster. */
export async function takeDelivery(
  tx: Writer,
  { id, take_at }: Pick<DeliveryRecord, 'id' | 'take_at'>,
  until: number,
): Promise<boolean> {
  const { changes } = await tx.run('UPDATE alert_delivery SET take_at = ? WHERE id = ? AND take_at = ?', [
    until,
    id,
    take_at,
  ]);
  return changes === 1;
}

export async function saveDelivery(
  tx: Writer,
  id: string,
  how: Pick<DeliveryRecord, 'take_at' | 'tries' | 'done_at' | 'error'>,
): Promise<void> {
  await tx.run('UPDATE alert_delivery SET take_at = ?, tries = ?, done_at = ?, error = ? WHERE id = ?', [
    how.take_at,
    how.tries,
    how.done_at,
    how.error,
    id,
  ]);
}

/** Of each target: how many messages wait, and all tries newest first by when they were made. */
export async function listDeliveries(reader: Reader, target: string): Promise<DeliveryRecord[]> {
  return await reader.all<DeliveryRecord>(
    `SELECT ${COLUMNS} FROM alert_delivery WHERE target = ? ORDER BY made_at DESC, id LIMIT 100`,
    [target],
  );
}

export async function removeOldDeliveries(tx: Writer, before: number): Promise<void> {
  await tx.run('DELETE FROM alert_delivery WHERE made_at < ?', [before]);
}
