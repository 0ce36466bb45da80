import type { LayerItem, LayerPart } from '../../../../common/shapes/layer.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { profileServer } from '../../session/clients.ts';

type Value = Parameters<ReturnType<typeof profileServer>['layer']['change']['mutate']>[0]['value'];

/** Writes one item of a layer; `value` null takes it away from everybody. */
export async function saveLayerItem(
  where: { of: string; part: LayerPart; item: LayerItem | null; id?: string },
  value: unknown,
  locked: string | null,
): Promise<void> {
  const { of, part, item } = where;
  await profileServer().layer.change.mutate({
    of,
    part,
    id: item?.id ?? where.id ?? null,
    base: item?.revision ?? null,
    value: value as Value,
    locked,
  });
  await queries.invalidateQueries({ queryKey: ['admin', 'layer'] });
}
