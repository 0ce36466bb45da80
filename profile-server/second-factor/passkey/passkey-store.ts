import type { Millis } from '../../../common/time.ts';
import { addRow } from '../../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../../server-kit/database/database.ts';

export interface PasskeyRecord {
  id: string;
  user: string;
  /** SHA-256 of the credential id: by it a key is unique, and never of two users. */
  credential_hash: string;
  /** The credential id, base64url. */
  credential: string;
  /** COSE. */
  public_key: Buffer;
  /** The authenticator's signature counter; 0 where it has none. */
  counter: number;
  /** Separated by commas. */
  transports: string;
  name: string;
  /** Kept by its maker on several devices. */
  synced: number;
  /** Its counter went back: there may be a copy. Good for nothing any more. */
  suspect: number;
  created_at: number;
  last_used: number | null;
}

const COLUMNS =
  'id, user, credential_hash, credential, public_key, counter, transports, name, synced, suspect, created_at, last_used';

export async function findPasskey(reader: Reader, hash: string): Promise<PasskeyRecord | undefined> {
  return await reader.get<PasskeyRecord>(`SELECT ${COLUMNS} FROM passkey WHERE credential_hash = ?`, [hash]);
}

/** The oldest first. */
export async function listPasskeysOf(reader: Reader, user: string): Promise<PasskeyRecord[]> {
  return await reader.all<PasskeyRecord>(
    `SELECT ${COLUMNS} FROM passkey WHERE user = ? ORDER BY created_at, id`,
    [user],
  );
}

/** False when this credential is known already. */
export async function insertPasskey(tx: Writer, record: PasskeyRecord): Promise<boolean> {
  return await addRow(tx, 'passkey', COLUMNS, [
    record.id,
    record.user,
    record.credential_hash,
    record.credential,
    record.public_key,
    record.counter,
    record.transports,
    record.name,
    record.synced,
    record.suspect,
    record.created_at,
    record.last_used,
  ]);
}

/** Notes a use by its counter, which has to have grown unless the authenticator counts nothing; false when it has not. */
export async function usePasskey(tx: Writer, id: string, counter: number, now: Millis): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE passkey SET counter = ?, last_used = ?
      WHERE id = ? AND suspect = 0 AND (counter < ? OR (counter = 0 AND ? = 0))`,
    [counter, now, id, counter, counter],
  );
  return changes === 1;
}

/** False when it was suspect before. */
export async function suspectPasskey(tx: Writer, id: string): Promise<boolean> {
  return (await tx.run('UPDATE passkey SET suspect = 1 WHERE id = ? AND suspect = 0', [id])).changes === 1;
}

export async function renamePasskey(tx: Writer, user: string, id: string, name: string): Promise<void> {
  await tx.run('UPDATE passkey SET name = ? WHERE user = ? AND id = ?', [name, user, id]);
}

export async function deletePasskey(tx: Writer, user: string, id: string): Promise<boolean> {
  return (await tx.run('DELETE FROM passkey WHERE user = ? AND id = ?', [user, id])).changes === 1;
}

export async function removePasskeysOf(tx: Writer, user: string): Promise<number> {
  return (await tx.run('DELETE FROM passkey WHERE user = ?', [user])).changes;
}
