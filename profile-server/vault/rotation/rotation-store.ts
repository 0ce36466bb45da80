import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** `master`: all that the master key seals moves to another; `data`: each user gets another data key. */
export type RotationKind = 'master' | 'data';
/** `waiting`: until every process knows both keys; `moving`: rows move, new ones stand under the new key. */
export type RotationState = 'waiting' | 'moving' | 'done' | 'cancelled';

export interface RotationRecord {
  id: string;
  kind: RotationKind;
  from_key: string;
  to_key: string;
  state: RotationState;
  /** JSON of a Place: how far the rows were gone through. */
  place: string | null;
  /** Rows so far. */
  moved: number;
  began_at: number;
  ended_at: number | null;
  /** The process that does it now, and until when nobody else may. */
  worker: string | null;
  worker_until: number;
}

const COLUMNS = 'id, kind, from_key, to_key, state, place, moved, began_at, ended_at, worker, worker_until';

export async function addRotation(tx: Writer, rotation: RotationRecord): Promise<void> {
  await tx.run(`INSERT INTO key_rotation (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    rotation.id,
    rotation.kind,
    rotation.from_key,
    rotation.to_key,
    rotation.state,
    rotation.place,
    rotation.moved,
    rotation.began_at,
    rotation.ended_at,
    rotation.worker,
    rotation.worker_until,
  ]);
}

export async function findRotation(reader: Reader, id: string): Promise<RotationRecord | undefined> {
  return await reader.get<RotationRecord>(`SELECT ${COLUMNS} FROM key_rotation WHERE id = ?`, [id]);
}

/** The one that is waiting or moving. */
export async function findOpenRotation(
  reader: Reader,
  kind: RotationKind,
): Promise<RotationRecord | undefined> {
  return await reader.get<RotationRecord>(
    `SELECT ${COLUMNS} FROM key_rotation WHERE kind = ? AND ended_at IS NULL ORDER BY began_at LIMIT 1`,
    [kind],
  );
}

/** Newest first. */
export async function listRotations(reader: Reader): Promise<RotationRecord[]> {
  return await reader.all<RotationRecord>(
    `SELECT ${COLUMNS} FROM key_rotation ORDER BY began_at DESC, id LIMIT 20`,
  );
}

/** False when somebody else was faster. Whoever else would change its state waits until the transaction ends. */
export async function setRotationState(
  tx: Writer,
  id: string,
  change: { from: RotationState; to: RotationState; endedAt: number | null },
): Promise<boolean> {
  const { changes } = await tx.run(
    'UPDATE key_rotation SET state = ?, ended_at = ? WHERE id = ? AND state = ?',
    [change.to, change.endedAt, id, change.from],
  );
  return changes === 1;
}

/** A rotation that begins now must not be overlooked by this transaction, nor this process by it. */
export async function lockRotations(tx: Writer): Promise<void> {
  await tx.run("UPDATE counter SET value = value + 1 WHERE name = 'key-rotation'");
}

/** False when another process is at it. */
export async function claimRotation(
  tx: Writer,
  id: string,
  claim: { worker: string; now: number; until: number },
): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE key_rotation SET worker = ?, worker_until = ?
      WHERE id = ? AND ended_at IS NULL AND (worker IS NULL OR worker = ? OR worker_until <= ?)`,
    [claim.worker, claim.until, id, claim.worker, claim.now],
  );
  return changes === 1;
}

/** With the rows themselves in one transaction. */
export async function saveProgress(
  tx: Writer,
  id: string,
  progress: { place: string | null; moved: number; until: number },
): Promise<void> {
  await tx.run('UPDATE key_rotation SET place = ?, moved = moved + ?, worker_until = ? WHERE id = ?', [
    progress.place,
    progress.moved,
    progress.until,
    id,
  ]);
}
