import type { Reader, Writer } from '../../server-kit/database/database.ts';

/** How the user showed that he reads the mail of this (folded) address; null: he has not. */
export async function findProof(
  reader: Reader,
  user: string,
  address: string,
): Promise<'code' | 'mail' | null> {
  const row = await reader.get<{ how: 'code' | 'mail' }>(
    'SELECT how FROM sender_proof WHERE user = ? AND address = ?',
    [user, address],
  );
  return row?.how ?? null;
}

export async function addProof(
  tx: Writer,
  proof: { user: string; address: string; how: 'code' | 'mail'; at: number },
): Promise<void> {
  const { user, address, how, at } = proof;
  await tx.run('DELETE FROM sender_proof WHERE user = ? AND address = ?', [user, address]);
  await tx.run('INSERT INTO sender_proof (user, address, how, at) VALUES (?, ?, ?, ?)', [
    user,
    address,
    how,
    at,
  ]);
}
