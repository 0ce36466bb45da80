import type { Database } from '../../server-kit/database/database.ts';

/**
 * The name of the outbox in this database, made at the first start: relays that share a queue share its results, and
 * a home that hears the same from two of them takes it once.
 */
export async function readOutboxId(database: Database, makeId: (prefix: string) => string): Promise<string> {
  return await database.write(async (tx) => {
    // Two relays may start at the same moment: the first name stays.
    const insert = tx.engine === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
    await tx.run(`${insert} INTO outbox (one, id) VALUES (1, ?)`, [makeId('outbox')]);
    const row = await tx.get<{ id: string }>('SELECT id FROM outbox WHERE one = 1');
    if (row === undefined) throw new Error('the outbox has no name');
    return row.id;
  });
}
