import type { LayerItem } from '../../common/shapes/layer.ts';

/** Its keys in the order of docs/json.md. */
export function viewItem({ id, part, revision, value, locked, changedAt, changedBy }: LayerItem): LayerItem {
  return { id, part, revision, value, locked, changedAt, changedBy };
}

/** By what people know it: an address, a name, a key and its value. */
export function nameItem({ id, part, value }: LayerItem): string {
  if (part === 'preferences') return `${id} = ${JSON.stringify(value)}`;
  const { email, address, name } = value as { email?: string; address?: string; name?: string | null };
  return email ?? address ?? name ?? id;
}
