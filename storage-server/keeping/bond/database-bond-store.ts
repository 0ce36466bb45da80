import type { Database, Reader } from '../../../server-kit/database/database.ts';
import type { DatabaseBond } from './decide-bond.ts';

export async function readDatabaseBond(read: Reader): Promise<DatabaseBond | null> {
  const row = await read.get<{ store_id: string; generation: number }>(
    'SELECT store_id, generation FROM store_bond',
  );
  return row === undefined ? null : { storeId: row.store_id, generation: row.generation };
}

export async function writeDatabaseBond(db: Database, { storeId, generation }: DatabaseBond): Promise<void> {
  await db.write(async (tx) => {
    await tx.run('DELETE FROM store_bond');
    await tx.run('INSERT INTO store_bond (store_id, generation) VALUES (?, ?)', [storeId, generation]);
  });
}

export async function holdsMails(read: Reader): Promise<boolean> {
  return (await read.get('SELECT 1 AS one FROM mail LIMIT 1')) !== undefined;
}
