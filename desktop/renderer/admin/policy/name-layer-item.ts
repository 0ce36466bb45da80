import type { LayerItem } from '../../../../common/shapes/layer.ts';

/** What people call an item of a layer: its name or address; a preference's key. */
export function nameLayerItem({ part, id, value }: Pick<LayerItem, 'part' | 'id' | 'value'>): string {
  if (part === 'preferences' || typeof value !== 'object' || value === null) return id;
  const fields = value as Record<string, unknown>;
  for (const key of part === 'accounts' ? ['email'] : ['name', 'address', 'subject']) {
    const text = fields[key];
    if (typeof text === 'string' && text !== '') return text;
  }
  return id;
}
