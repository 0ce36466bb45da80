import type { Reader, Writer } from '../server-kit/database/database.ts';

/**
 * Sequences in the order of commits: the row stays locked until the transaction ends, so a
 * reader who sees n has seen all below. An auto-increment would not promise that.
 */
export type Counter = 'revocation' | 'change' | 'audit';

/** The next number; nobody else gets one until `tx` ends. */
export async function takeNumber(tx: Writer, counter: Counter): Promise<number> {
  await tx.run('UPDATE counter SET value = value + 1 WHERE name = ?', [counter]);
  return await readNumber(tx, counter);
}

/** The last number given out, 0 before the first. */
export async function readNumber(reader: Reader, counter: Counter): Promise<number> {
  const row = await reader.get<{ value: number }>('SELECT value FROM counter WHERE name = ?', [counter]);
  return row?.value ?? 0;
}
