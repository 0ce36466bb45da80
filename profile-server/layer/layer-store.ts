import { ORGANISATION, type LayerPart } from '../../common/shapes/layer.ts';
import { addRow } from '../../server-kit/database/add-row.ts';
import type { Reader, Writer } from '../../server-kit/database/database.ts';

export interface LayerRecord {
  /** `organisation` or a group's id. */
  place: string;
  part: LayerPart;
  /** Of a preference its key. */
  id: string;
  revision: number;
  /** JSON; texts with variables. */
  value: string;
  /** Why users cannot change it; null: they may. */
  locked: string | null;
  changed_at: number;
  /** Id of the admin. */
  changed_by: string;
}

const COLUMNS = 'place, part, id, revision, value, locked, changed_at, changed_by';

/** First statement of every change: the place's next revision, under its lock. `contacts`: the shared address book changes. */
export async function takeLayerRevision(tx: Writer, place: string, contacts: boolean): Promise<number> {
  await addRow(tx, 'layer', 'place, revision, contacts', [place, 0, 0]);
  await tx.run('UPDATE layer SET revision = revision + 1, contacts = contacts + ? WHERE place = ?', [
    contacts ? 1 : 0,
    place,
  ]);
  const row = await tx.get<{ revision: number }>('SELECT revision FROM layer WHERE place = ?', [place]);
  return row?.revision ?? 0;
}

export async function findLayerItem(
  reader: Reader,
  place: string,
  part: LayerPart,
  id: string,
): Promise<LayerRecord | undefined> {
  return await reader.get<LayerRecord>(
    `SELECT ${COLUMNS} FROM layer_item WHERE place = ? AND part = ? AND id = ?`,
    [place, part, id],
  );
}

/** A page in the order of part and id, after one of its items (`PART/ID`); `part` null means all but contacts. */
export async function listLayerItems(
  reader: Reader,
  place: string,
  which: { part: LayerPart | null; after: string; limit: number },
): Promise<LayerRecord[]> {
  const { part, after, limit } = which;
  const slash = after.indexOf('/');
  const [afterPart, afterId] = [after.slice(0, Math.max(0, slash)), after.slice(slash + 1)];
  return await reader.all<LayerRecord>(
    `SELECT ${COLUMNS} FROM layer_item WHERE place = ? AND ${part === null ? "part <> 'contacts'" : 'part = ?'}
      AND (part > ? OR (part = ? AND id > ?)) ORDER BY part, id LIMIT ${limit}`,
    [place, ...(part === null ? [] : [part]), afterPart, afterPart, afterId],
  );
}

/** Accounts that are given anywhere. */
export async function listAccountItems(reader: Reader): Promise<LayerRecord[]> {
  return await reader.all<LayerRecord>(
    `SELECT ${COLUMNS} FROM layer_item WHERE part = 'accounts' ORDER BY place, id`,
  );
}

/** Of the organisation and of a group, all but contacts. */
export async function listGiven(reader: Reader, group: string | null): Promise<LayerRecord[]> {
  return await reader.all<LayerRecord>(
    `SELECT ${COLUMNS} FROM layer_item WHERE place IN (?, ?) AND part <> 'contacts' ORDER BY part, id`,
    [ORGANISATION, group ?? ORGANISATION],
  );
}

export async function countLayerItems(reader: Reader, place: string, part: LayerPart): Promise<number> {
  const row = await reader.get<{ count: number }>(
    'SELECT COUNT(*) AS count FROM layer_item WHERE place = ? AND part = ?',
    [place, part],
  );
  return row?.count ?? 0;
}

export async function putLayerItem(tx: Writer, item: LayerRecord): Promise<void> {
  await removeLayerItem(tx, item.place, item.part, item.id);
  await tx.run(`INSERT INTO layer_item (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, [
    item.place,
    item.part,
    item.id,
    item.revision,
    item.value,
    item.locked,
    item.changed_at,
    item.changed_by,
  ]);
}

export async function removeLayerItem(
  tx: Writer,
  place: string,
  part: LayerPart,
  id: string,
): Promise<boolean> {
  const { changes } = await tx.run('DELETE FROM layer_item WHERE place = ? AND part = ? AND id = ?', [
    place,
    part,
    id,
  ]);
  return changes === 1;
}

/** With a group that goes. */
export async function removeLayer(tx: Writer, place: string): Promise<void> {
  await tx.run('DELETE FROM layer_item WHERE place = ?', [place]);
  await tx.run('DELETE FROM layer WHERE place = ?', [place]);
}
