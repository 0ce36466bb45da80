import { MailError } from '../../common/errors.ts';
import type { LayerItem, LayerPart, LayerView } from '../../common/shapes/layer.ts';
import { ask, type Connection } from '../server/connection.ts';

/** A whole layer, or one part of it; without a part all but contacts. */
export async function listItems(
  { profile }: Connection,
  of: string,
  part: LayerPart | null,
): Promise<Pick<LayerView, 'of' | 'items' | 'users'>> {
  const items: LayerItem[] = [];
  for (let after = ''; ;) {
    const page = await ask(profile.layer.list.query({ of, part, after, limit: 500 }));
    items.push(...page.items);
    if (page.next === null) return { of, items, users: page.users };
    after = page.next;
  }
}

/** By its id, of whatever part. MailError `not-found`. */
export async function findItem(connection: Connection, of: string, id: string): Promise<LayerItem> {
  const has = ({ items }: { items: LayerItem[] }): LayerItem | undefined =>
    items.find((one) => one.id === id);
  const found =
    has(await listItems(connection, of, null)) ?? has(await listItems(connection, of, 'contacts'));
  if (found !== undefined) return found;
  throw new MailError('not-found', `no item ${id}`, { reason: 'layer-item', params: { id } });
}
