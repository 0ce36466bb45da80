import { addRow } from '../../server-kit/database/add-row.ts';
import type { Database } from '../../server-kit/database/database.ts';

/**
 * The name of the outbox in this database, made at the first start: relays that share a queue share its results, and
 * a home that hears the same from two of them takes it once.
 */
export async function readOutboxId(database: Database, makeId: (prefix: string) => string): Promise<string> {
  return await database.write(async (tx) => {
    // Two relays may start at the same moment: the first name stays.
    await addRow(tx, 'outbox', 'one, id', [1, makeId('outbox')]);
    const row = await tx.get<{ id: string }>('SELECT id FROM outbox WHERE one = 1');
    if (row === undefined) throw new Error('the outbox has no name');
    return row.id;
  });
}
