import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import {
  LAYER_PARTS,
  type LayerItem,
  type LayerPart,
  type LayerView,
} from '../../../../common/shapes/layer.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { profileServer } from '../../session/clients.ts';
import { adminPolicyTexts } from '../../text/admin-policy.ts';
import { useText } from '../../text/text.ts';
import { Loaded } from '../page.tsx';
import { ItemDialog } from './item/item-dialog.tsx';
import { isGivenPreference } from './item/preference-choices.ts';
import { useGivenPreferenceName } from './item/given-preference-name.ts';
import { LayerAccountDialog } from './layer-account-dialog.tsx';
import { nameLayerItem } from './name-layer-item.ts';

/** What a place gives to each of its users: accounts, signatures, rules, templates, choices, contacts. */
export function Layers({ of }: { of: string }) {
  const t = useText(adminPolicyTexts);
  const [editing, setEditing] = useState<{ part: LayerPart; item: LayerItem | null } | null>(null);
  const nameOf = useGivenPreferenceName();
  const name = (item: LayerItem): string =>
    item.part === 'preferences' && isGivenPreference(item.id) ? nameOf(item.id) : nameLayerItem(item);
  const query = useQuery<LayerView>({
    queryKey: ['admin', 'layer', of] as const,
    staleTime: 5000,
    refetchInterval: ({ state }) => ((state.data?.users.waiting ?? 0) > 0 ? 2000 : false),
    queryFn: async ({ signal }) => {
      const { list } = profileServer().layer;
      // Contacts, of which there may be thousands, come only where they are asked for.
      const [view, contacts] = await Promise.all([
        list.query({ of, limit: 500 }, { signal }),
        list.query({ of, part: 'contacts', limit: 500 }, { signal }),
      ]);
      return { ...view, items: [...view.items, ...contacts.items] };
    },
  });
  const close = (): void => setEditing(null);
  return (
    <section aria-label={t('layers')}>
      <h2>{t('layers')}</h2>
      <p className="card-note">{t('layers-lead')}</p>
      <Loaded query={query}>
        {({ items, users }) => (
          <>
            <p className="admin-count" role="status">
              {users.waiting === 0
                ? t('layer-all', { n: users.all })
                : t('layer-waiting', { n: users.waiting })}
            </p>
            {LAYER_PARTS.map((part) => (
              <div className="card" key={part}>
                <div className="card-head" data-testid={`give-${part}`}>
                  <h3 className="card-title">{t(`part-${part}`)}</h3>
                  <Button icon="plus" onClick={() => setEditing({ part, item: null })}>
                    {t('layer-add')}
                  </Button>
                </div>
                <ul className="plain-list">
                  {items
                    .filter((item) => item.part === part)
                    .map((item) => (
                      <li key={item.id}>
                        <button
                          type="button"
                          className="link-button"
                          onClick={() => setEditing({ part, item })}
                        >
                          {name(item)}
                        </button>
                        {item.locked === null ? null : (
                          <span className="badge" title={item.locked}>
                            <Icon name="lock" size={13} />
                            {t('locked')}
                          </span>
                        )}
                      </li>
                    ))}
                </ul>
              </div>
            ))}
          </>
        )}
      </Loaded>
      {editing === null ? null : editing.part === 'accounts' ? (
        <LayerAccountDialog of={of} item={editing.item} onClose={close} />
      ) : (
        <ItemDialog
          of={of}
          part={editing.part}
          item={editing.item}
          items={query.data?.items ?? []}
          onClose={close}
        />
      )}
    </section>
  );
}
