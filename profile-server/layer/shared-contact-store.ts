import { ORGANISATION } from '../../common/shapes/layer.ts';
import type { Reader } from '../../server-kit/database/database.ts';

export interface SharedContactRecord {
  id: string;
  place: string;
  value: string;
}

/** Cards of the organisation's address book and of a group's, in the order of their ids. */
export async function listSharedContacts(
  reader: Reader,
  group: string | null,
  which: { after: string; limit: number },
): Promise<SharedContactRecord[]> {
  return await reader.all<SharedContactRecord>(
    `SELECT id, place, value FROM layer_item WHERE part = 'contacts' AND place IN (?, ?) AND id > ?
      ORDER BY id LIMIT ${which.limit}`,
    [ORGANISATION, group ?? ORGANISATION, which.after],
  );
}

/** Grows with every change of a card that the user sees, and changes when he gets another group. */
export async function readSharedRevision(reader: Reader, user: string): Promise<string> {
  const rows = await reader.all<{ place: string; contacts: number }>(
    `SELECT place, contacts FROM layer WHERE contacts > 0
      AND (place = 'organisation' OR place = (SELECT group_id FROM user WHERE id = ?)) ORDER BY place`,
    [user],
  );
  return rows.map(({ place, contacts }) => `${place}:${contacts}`).join(' ');
}
