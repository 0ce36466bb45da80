import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** One step of an operation; the first makes the operation known. */
export async function addPart(
  tx: Writer,
  user: string,
  part: { operation: string; part: number; changes: string; at: number },
): Promise<void> {
  if (part.part === 0) {
    await tx.run('INSERT INTO operation (id, user_id, at) VALUES (?, ?, ?)', [part.operation, user, part.at]);
  }
  await tx.run('INSERT INTO operation_part (operation, part, changes) VALUES (?, ?, ?)', [
    part.operation,
    part.part,
    part.changes,
  ]);
}

/** When it began; undefined: nobody's, or another's. */
export async function findOperation(
  read: Reader,
  user: string,
  operation: string,
): Promise<{ at: number } | undefined> {
  return await read.get('SELECT at FROM operation WHERE id = ? AND user_id = ?', [operation, user]);
}

export async function findLastPart(
  read: Reader,
  operation: string,
): Promise<{ part: number; changes: string } | undefined> {
  return await read.get(
    'SELECT part, changes FROM operation_part WHERE operation = ? ORDER BY part DESC LIMIT 1',
    [operation],
  );
}

export async function deletePart(tx: Writer, operation: string, part: number): Promise<void> {
  await tx.run('DELETE FROM operation_part WHERE operation = ? AND part = ?', [operation, part]);
}

export async function deleteOperation(tx: Writer, operation: string): Promise<void> {
  await tx.run('DELETE FROM operation_part WHERE operation = ?', [operation]);
  await tx.run('DELETE FROM operation WHERE id = ?', [operation]);
}

export async function findOldOperations(read: Reader, before: number): Promise<string[]> {
  const rows = await read.all<{ id: string }>('SELECT id FROM operation WHERE at < ? LIMIT 1000', [before]);
  return rows.map((row) => row.id);
}
