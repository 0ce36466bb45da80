import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** One row at most: the hash of the code and how many wrong ones were tried. */
export async function readSetupCode(reader: Reader): Promise<{ hash: string; wrong: number } | null> {
  const row = await reader.get<{ code_hash: string; wrong: number }>(
    'SELECT code_hash, wrong FROM setup_code WHERE id = 1',
  );
  return row === undefined ? null : { hash: row.code_hash, wrong: row.wrong };
}

export async function countWrongSetupCode(tx: Writer): Promise<void> {
  await tx.run('UPDATE setup_code SET wrong = wrong + 1 WHERE id = 1');
}

export async function putSetupCode(tx: Writer, hash: string): Promise<void> {
  await removeSetupCode(tx);
  await tx.run('INSERT INTO setup_code (id, code_hash, wrong) VALUES (1, ?, 0)', [hash]);
}

export async function removeSetupCode(tx: Writer): Promise<void> {
  await tx.run('DELETE FROM setup_code');
}

/** Whether it was there to be used: of two at once only one finds it. */
export async function useSetupCode(tx: Writer, hash: string): Promise<boolean> {
  return (await tx.run('DELETE FROM setup_code WHERE code_hash = ?', [hash])).changes === 1;
}
