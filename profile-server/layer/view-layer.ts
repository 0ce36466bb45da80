import type { Contact } from '../../common/shapes/contact.ts';
import type { LayerItem, LayerPart, LayerView, SharedContact } from '../../common/shapes/layer.ts';
import { ORGANISATION } from '../../common/shapes/layer.ts';
import { formatTime } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { findGroup } from '../group/group-store.ts';
import { findUser } from '../user/user-store.ts';
import { listLayerItems, type LayerRecord } from './layer-store.ts';
import { listSharedContacts, readSharedRevision } from './shared-contact-store.ts';
import { countOfPlace } from './unsettled-store.ts';

export async function viewLayerItem(reader: Reader, record: LayerRecord): Promise<LayerItem> {
  const { id, part, revision, value, locked, changed_at, changed_by } = record;
  return {
    id,
    part,
    revision,
    value: JSON.parse(value) as LayerItem['value'],
    locked,
    changedAt: formatTime(changed_at),
    changedBy: (await findUser(reader, changed_by))?.name ?? null,
  };
}

/** A page of a layer; without `part` all but contacts. */
export async function viewLayer(
  reader: Reader,
  which: { of: string; part: LayerPart | null; after: string; limit: number },
): Promise<LayerView> {
  const { of, part, after, limit } = which;
  const records = await listLayerItems(reader, of, { part, after, limit: limit + 1 });
  const items: LayerItem[] = [];
  for (const record of records.slice(0, limit)) items.push(await viewLayerItem(reader, record));
  const last = items.at(-1);
  return {
    of,
    items,
    next: records.length > limit && last !== undefined ? `${last.part}/${last.id}` : null,
    users: await countOfPlace(reader, of),
  };
}

/** What a user sees of shared address books, and a mark that changes with them. */
export async function readSharedContacts(
  reader: Reader,
  user: string,
  which: { after: string; limit: number },
): Promise<{ contacts: SharedContact[]; next: string | null; revision: string }> {
  const revision = await readSharedRevision(reader, user);
  const group = (await findUser(reader, user))?.group_id ?? null;
  const name = group === null ? null : ((await findGroup(reader, group))?.name ?? null);
  const records = await listSharedContacts(reader, group, { ...which, limit: which.limit + 1 });
  const contacts = records.slice(0, which.limit).map(({ id, place, value }): SharedContact => {
    const ofGroup = place !== ORGANISATION;
    const layer = {
      of: ofGroup ? ('group' as const) : ('organisation' as const),
      name: ofGroup ? name : null,
    };
    return { id, layer, value: JSON.parse(value) as Contact };
  });
  const next = records.length > which.limit ? (contacts.at(-1)?.id ?? null) : null;
  return { contacts, next, revision };
}
