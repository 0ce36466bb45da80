import { isDuplicateKey } from '../../../server-kit/database/database-error.ts';
import type { Database, Writer } from '../../../server-kit/database/database.ts';
import { appendResults, type NewResult } from '../../result/result-store.ts';
import { insertMail } from '../enqueue-store.ts';
import { writeSettlement } from '../settle-store.ts';
import type { Change, Enqueued } from './change.ts';

/**
 * New mails and what became of others, in one durable transaction; the same send key twice is queued once, also within
 * one call. Results are appended last: whoever writes for a home keeps others waiting that do.
 */
export async function commitChanges(
  database: Database,
  changes: readonly Change[],
): Promise<(Enqueued | null)[]> {
  try {
    return await database.write(async (tx) => await writeAll(tx, changes));
  } catch (error) {
    // Another relay on the same database took the same send key between our look and our insert.
    if (!isDuplicateKey(error)) throw error;
    return await database.write(async (tx) => await writeAll(tx, changes));
  }
}

async function writeAll(tx: Writer, changes: readonly Change[]): Promise<(Enqueued | null)[]> {
  const written: (Enqueued | null)[] = [];
  const results = new Map<string, NewResult[]>();
  for (const change of changes) {
    if (change.kind === 'mail') {
      written.push(await insertMail(tx, change.mail, change.claim));
      continue;
    }
    const { home } = change.settlement.mail;
    results.set(home, [...(results.get(home) ?? []), ...(await writeSettlement(tx, change.settlement))]);
    written.push(null);
  }
  for (const home of [...results.keys()].toSorted()) await appendResults(tx, home, results.get(home) ?? []);
  return written;
}
