import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Template } from '../../../common/shapes/template.ts';
import { LayerNote } from '../identity/layer-note.tsx';
import { Button } from '../parts/button.tsx';
import { Blank, Failure, Skeleton } from '../parts/states.tsx';
import { ItemActions, RemoveItem } from '../profile/item-actions.tsx';
import { partQuery, type KnownItem } from '../profile/part-query.ts';
import { toProblem } from '../session/problem.ts';
import { useCommands } from '../shell/commands.ts';
import { openBox, openSettings } from '../shell/route.ts';
import { templateTexts } from '../text/templates.ts';
import { useText } from '../text/text.ts';
import { TemplatePage } from './template-page.tsx';

/** The texts that are written again and again, one of them, or a new one. */
export function Templates({ item }: { item: string | null }) {
  const t = useText(templateTexts);
  const query = useQuery(partQuery('templates'));
  const [removing, setRemoving] = useState<KnownItem<Template> | null>(null);
  useCommands({ back: () => openBox('inbox') });
  if (item === 'new') return <TemplatePage known={null} />;
  if (query.isError) return <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton rows={5} kind="text" />;
  const open = query.data.items.find(({ id }) => id === item);
  if (open !== undefined) return <TemplatePage key={open.id} known={open} />;
  const items = query.data.items.toSorted((a, b) => a.value.name.localeCompare(b.value.name));
  return (
    <div className="settings-page">
      <header className="settings-head">
        <h1>{t('templates')}</h1>
        <Button
          look="main"
          icon="plus"
          data-testid="template-add"
          onClick={() => openSettings('templates', 'new')}
        >
          {t('add')}
        </Button>
      </header>
      <p className="settings-lead">{t('lead')}</p>
      {items.length === 0 ? <Blank icon="file" text={t('none')} /> : null}
      <ul className="cards">
        {items.map((known) => (
          <li key={known.id} className="card" data-testid="template-card">
            <div className="card-title">
              <h2>{known.value.name}</h2>
              {known.value.subject === '' ? null : <p>{known.value.subject}</p>}
            </div>
            <p className="card-note">{known.value.text.slice(0, 160)}</p>
            <LayerNote layer={known.layer} />
            <ItemActions
              isGiven={known.layer !== null}
              t={(key) => t(key, { name: known.value.name })}
              onEdit={() => openSettings('templates', known.id)}
              onRemove={() => setRemoving(known)}
            />
          </li>
        ))}
      </ul>
      {removing === null ? null : (
        <RemoveItem
          part="templates"
          known={removing}
          t={(key) => t(key, { name: removing.value.name })}
          onClose={() => setRemoving(null)}
        />
      )}
    </div>
  );
}
