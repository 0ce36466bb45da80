import type { Millis } from '../../../common/time.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';
import { writeRows } from '../../../server-kit/database/write-rows.ts';

/** A profile-server that runs on this database. */
export interface ProcessRecord {
  id: string;
  /** Machine and process number, for people. */
  place: string;
  /** X25519, raw, base64url: what is sealed for it only this very process opens, and nobody after it. */
  public_key: string;
  /** That it knows the database's master key. */
  proof: string;
  /** Ids of the master keys that it knows, separated by spaces. */
  knows: string;
  seals_with: string;
  seals_since: number;
  seen_at: number;
}

const COLUMNS = [
  'id',
  'place',
  'public_key',
  'proof',
  'knows',
  'seals_with',
  'seals_since',
  'seen_at',
] as const satisfies (keyof ProcessRecord)[];

/** Who has not been seen for so long is dead, or as good as. */
export const ALIVE_FOR: Millis = 30_000;

export async function saveProcess(tx: Writer, record: ProcessRecord): Promise<void> {
  const row = COLUMNS.map((column) => record[column]);
  const set = {
    knows: 'replace',
    seals_with: 'replace',
    seals_since: 'replace',
    seen_at: 'replace',
  } as const;
  await writeRows(tx, 'profile_process', COLUMNS, [row], { keys: ['id'], set });
}

/** Those that live. */
export async function listProcesses(reader: Reader, now: Millis): Promise<ProcessRecord[]> {
  return await reader.all<ProcessRecord>(
    `SELECT ${COLUMNS.join(', ')} FROM profile_process WHERE seen_at > ? ORDER BY id LIMIT 1000`,
    [now - ALIVE_FOR],
  );
}

export async function removeProcess(tx: Writer, id: string): Promise<void> {
  await tx.run('DELETE FROM profile_process WHERE id = ?', [id]);
}

/** On SQLite there is one process: whatever else stands there is from before. */
export async function removeOtherProcesses(tx: Writer, id: string): Promise<void> {
  await tx.run('DELETE FROM profile_process WHERE id <> ?', [id]);
  await tx.run('DELETE FROM opened_key WHERE process <> ?', [id]);
}

export async function removeDeadProcesses(tx: Writer, before: Millis): Promise<void> {
  await tx.run('DELETE FROM profile_process WHERE seen_at < ?', [before]);
}
