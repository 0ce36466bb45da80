import { useState } from 'react';
import type { LabelDefinition } from '../../../common/shapes/label.ts';
import { Button } from '../parts/button.tsx';
import { changeItem } from '../profile/change-item.ts';
import { useProfile, type WithId } from '../profile/profile-store.ts';
import { storageServer } from '../session/clients.ts';
import { RemoveDialog } from '../shell/remove-dialog.tsx';
import { mailboxTexts } from '../text/mailboxes.ts';
import { useText } from '../text/text.ts';
import { LabelChip } from './label-chip.tsx';
import { LabelDialog } from './label-dialog.tsx';

/** The labels that have a colour of their own. */
export function Labels() {
  const t = useText(mailboxTexts);
  const { labels } = useProfile();
  const [editing, setEditing] = useState<WithId<LabelDefinition> | 'new' | null>(null);
  const [removing, setRemoving] = useState<WithId<LabelDefinition> | null>(null);
  return (
    <section className="settings-part">
      <header className="settings-head">
        <h2>{t('labels')}</h2>
        <Button icon="plus" data-testid="label-add" onClick={() => setEditing('new')}>
          {t('add-label')}
        </Button>
      </header>
      <p className="field-hint">{labels.length === 0 ? t('no-labels') : t('labels-lead')}</p>
      <ul className="tree">
        {labels.map((label) => (
          <li key={label.id} className="tree-line" data-testid="label-line">
            <span className="tree-name">
              <LabelChip name={label.name} />
            </span>
            <Button look="quiet" onClick={() => setEditing(label)} aria-label={t('edit-label', label)}>
              {t('edit-label-short')}
            </Button>
            <Button
              look="quiet"
              onClick={() => setRemoving(label)}
              aria-label={t('remove-label-title', label)}
            >
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      {editing === null ? null : (
        <LabelDialog label={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {removing === null ? null : <RemoveLabel label={removing} onClose={() => setRemoving(null)} />}
    </section>
  );
}

function RemoveLabel({ label, onClose }: { label: WithId<LabelDefinition>; onClose: () => void }) {
  const t = useText(mailboxTexts);
  const remove = async (): Promise<void> => {
    const where = { label: label.name };
    await storageServer().mail.label.mutate({ selection: { where }, add: [], remove: [label.name] });
    await changeItem('labels', label.id, null);
  };
  return (
    <RemoveDialog
      title={t('remove-label-title', label)}
      text={t('remove-label-text')}
      yes={t('remove')}
      done={t('removed', label)}
      remove={remove}
      onClose={onClose}
    />
  );
}
