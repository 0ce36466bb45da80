import { queryOptions } from '@tanstack/react-query';
import type { Identity } from '../../../common/shapes/identity.ts';
import type { ItemLayer } from '../../../common/shapes/layer.ts';
import type { Template } from '../../../common/shapes/template.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { profileServer } from '../session/clients.ts';

interface PartValues {
  identities: Identity;
  templates: Template;
}

/** An item as it was read: what its next change is based on, and whether the organisation gave it. */
export interface KnownItem<Value> {
  id: string;
  revision: number;
  value: Value;
  layer: ItemLayer | null;
}

interface KnownPart<Value> {
  revision: number;
  items: KnownItem<Value>[];
}

/** One part of the profile with what the small profile leaves out; read when somebody wants it, then what changed since. */
export function partQuery<Part extends keyof PartValues>(part: Part) {
  const queryKey = ['profile', part] as const;
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<KnownPart<PartValues[Part]>> => {
      const known = queries.getQueryData<KnownPart<PartValues[Part]>>(queryKey);
      const since = known === undefined ? {} : { since: known.revision };
      const news = await profileServer().profile.read.query({ parts: [part], ...since }, { signal });
      const items = new Map((known?.items ?? []).map((item) => [item.id, item]));
      for (const { id, revision, value, layer } of news.items) {
        if (value === null) items.delete(id);
        else items.set(id, { id, revision, value: value as PartValues[Part], layer: layer ?? null });
      }
      return { revision: news.revision, items: [...items.values()] };
    },
  });
}
