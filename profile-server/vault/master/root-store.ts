import { addRow } from '../../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';

/** There is one. */
export const ROOT_ID = 1;

/** The sealed secret that `derive` goes by: under its master key all else stands too, unless a rotation is under way. */
export async function findRoot(reader: Reader): Promise<Buffer | undefined> {
  const row = await reader.get<{ sealed: Buffer }>('SELECT sealed FROM root_secret WHERE id = ?', [ROOT_ID]);
  return row?.sealed;
}

/** Whoever is first: another process on the same database may make one at this moment. */
export async function addRoot(tx: Writer, sealed: Uint8Array): Promise<void> {
  await addRow(tx, 'root_secret', 'id, sealed', [ROOT_ID, sealed]);
}
