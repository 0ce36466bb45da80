import { useState } from 'react';
import type { ProfilePart } from '../../../common/shapes/profile.ts';
import { Button } from '../parts/button.tsx';
import { RemoveDialog } from '../shell/remove-dialog.tsx';
import type { KnownItem } from './part-query.ts';
import { saveItem } from './save-item.ts';

/** What a card of an item can do: open it, and remove it, which asks first. What is given by a layer stays. */
export function ItemActions({
  part,
  known,
  t,
  onEdit,
}: {
  part: ProfilePart;
  known: Pick<KnownItem<unknown>, 'id' | 'revision' | 'layer'>;
  /** The texts, with the item's name in them. */
  t: (key: 'edit' | 'edit-one' | 'remove' | 'remove-title' | 'remove-text' | 'removed') => string;
  onEdit: () => void;
}) {
  const [removing, setRemoving] = useState(false);
  return (
    <>
      <div className="card-actions">
        <Button aria-label={t('edit-one')} onClick={onEdit}>
          {t('edit')}
        </Button>
        <Button
          look="quiet"
          disabled={known.layer !== null}
          aria-label={t('remove-title')}
          onClick={() => setRemoving(true)}
        >
          {t('remove')}
        </Button>
      </div>
      {removing ? (
        <RemoveDialog
          title={t('remove-title')}
          text={t('remove-text')}
          yes={t('remove')}
          done={t('removed')}
          remove={async () => {
            await saveItem({ part, id: known.id, base: known.revision, value: null });
          }}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </>
  );
}
