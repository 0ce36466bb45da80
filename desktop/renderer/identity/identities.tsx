import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Identity } from '../../../common/shapes/identity.ts';
import { Button } from '../parts/button.tsx';
import { SelectField } from '../parts/choice-fields.tsx';
import { Blank, Failure, Skeleton } from '../parts/states.tsx';
import { ItemActions, RemoveItem } from '../profile/item-actions.tsx';
import { partQuery, type KnownItem } from '../profile/part-query.ts';
import { usePreference, useProfile } from '../profile/profile-store.ts';
import { setPreference } from '../profile/profile-sync.ts';
import { toProblem } from '../session/problem.ts';
import { useCommands } from '../shell/commands.ts';
import { tellProblem } from '../shell/notices.ts';
import { openBox, openSettings } from '../shell/route.ts';
import { identityTexts } from '../text/identities.ts';
import { useText } from '../text/text.ts';
import { IdentityPage } from './identity-page.tsx';
import { LayerNote } from './layer-note.tsx';

/** The From addresses with their signatures, one of them, or a new one. */
export function Identities({ item }: { item: string | null }) {
  const t = useText(identityTexts);
  const query = useQuery(partQuery('identities'));
  const { accounts } = useProfile();
  const chosen = usePreference('identity');
  const [removing, setRemoving] = useState<KnownItem<Identity> | null>(null);
  useCommands({ back: () => openBox('inbox') });
  if (query.isError) return <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton rows={5} kind="text" />;
  const items = query.data.items.toSorted((a, b) => a.value.address.localeCompare(b.value.address));
  if (item === 'new') return <IdentityPage known={null} />;
  const open = items.find(({ id }) => id === item);
  if (open !== undefined) return <IdentityPage key={open.id} known={open} />;
  const setDefault = (id: string): void => {
    setPreference('identity', id || null).catch((error: unknown) => tellProblem(toProblem(error)));
  };
  return (
    <div className="settings-page">
      <header className="settings-head">
        <h1>{t('identities')}</h1>
        <Button
          look="main"
          icon="plus"
          disabled={accounts.length === 0}
          data-testid="identity-add"
          onClick={() => openSettings('identities', 'new')}
        >
          {t('add')}
        </Button>
      </header>
      <p className="settings-lead">{t('lead')}</p>
      {items.length === 0 ? <Blank icon="person" text={t('none')} /> : null}
      {items.length > 1 ? (
        <SelectField
          label={t('default')}
          value={items.some(({ id }) => id === chosen) ? (chosen ?? '') : ''}
          choices={[
            { value: '', label: t('default-account') },
            ...items.map(({ id, value }) => ({ value: id, label: showIdentity(value) })),
          ]}
          onPick={setDefault}
        />
      ) : null}
      <ul className="cards">
        {items.map((known) => (
          <li key={known.id} className="card" data-testid="identity-card">
            <div className="card-head">
              <div className="card-title">
                <h2>{showIdentity(known.value)}</h2>
                <p>{accounts.find(({ id }) => id === known.value.account)?.email ?? ''}</p>
              </div>
            </div>
            <p className="card-note">
              {known.value.signature === null ? t('no-signature') : known.value.signature.text.split('\n')[0]}
            </p>
            <LayerNote layer={known.layer} />
            <ItemActions
              isGiven={known.layer !== null}
              t={(key) => t(key, { address: known.value.address })}
              onEdit={() => openSettings('identities', known.id)}
              onRemove={() => setRemoving(known)}
            />
          </li>
        ))}
      </ul>
      {removing === null ? null : (
        <RemoveItem
          part="identities"
          known={removing}
          t={(key) => t(key, { address: removing.value.address })}
          onClose={() => setRemoving(null)}
        />
      )}
    </div>
  );
}

function showIdentity({ name, address }: Identity): string {
  return name === null ? address : `${name} <${address}>`;
}
