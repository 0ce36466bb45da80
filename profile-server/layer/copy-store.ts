import type { Reader, Writer } from '../../server-kit/database/database.ts';
import type { ProfilePart } from '../../common/shapes/profile.ts';

/** That an item of a profile comes from a layer. */
export interface CopyRecord {
  user: string;
  part: ProfilePart;
  /** Of the profile's item. */
  id: string;
  /** Whose layer: `organisation` or a group's id. */
  place: string;
  /** Id of the layer's item. An identity that comes with an account has the account's. */
  item: string;
  /** Of the group; null for the organisation. */
  name: string | null;
  locked: string | null;
  /** JSON as the layer gave it last: what differs from it the user has changed. */
  applied: string;
  /** JSON of what the user had in its place before; null where he had nothing. */
  own: string | null;
}

const COLUMNS = 'user, part, id, place, item, name, locked, applied, own';

export async function listCopies(reader: Reader, user: string): Promise<CopyRecord[]> {
  return await reader.all<CopyRecord>(`SELECT ${COLUMNS} FROM layer_copy WHERE user = ?`, [user]);
}

export async function findCopy(
  reader: Reader,
  user: string,
  part: ProfilePart,
  id: string,
): Promise<CopyRecord | undefined> {
  return await reader.get<CopyRecord>(
    `SELECT ${COLUMNS} FROM layer_copy WHERE user = ? AND part = ? AND id = ?`,
    [user, part, id],
  );
}

/** Whether a layer gave the account. */
export async function isGiven(reader: Reader, user: string, account: string): Promise<boolean> {
  return (await findCopy(reader, user, 'accounts', account)) !== undefined;
}

export async function putCopy(tx: Writer, copy: CopyRecord): Promise<void> {
  await removeCopy(tx, copy.user, copy.part, copy.id);
  await addCopy(tx, copy);
}

/** Where there is none. */
export async function addCopy(tx: Writer, copy: CopyRecord): Promise<void> {
  await tx.run(`INSERT INTO layer_copy (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, [
    copy.user,
    copy.part,
    copy.id,
    copy.place,
    copy.item,
    copy.name,
    copy.locked,
    copy.applied,
    copy.own,
  ]);
}

export async function removeCopy(tx: Writer, user: string, part: ProfilePart, id: string): Promise<void> {
  await tx.run('DELETE FROM layer_copy WHERE user = ? AND part = ? AND id = ?', [user, part, id]);
}
