import { Button } from '../parts/button.tsx';
import { RemoveDialog } from '../shell/remove-dialog.tsx';
import type { KnownItem } from './part-query.ts';
import { saveItem, type ItemChange } from './save-item.ts';

/** The texts of one item, with its name in them. */
type ItemText = (key: 'edit' | 'edit-one' | 'remove' | 'remove-title' | 'remove-text' | 'removed') => string;

/** What a card of an item can do; what a layer gives stays. */
export function ItemActions({
  isGiven,
  t,
  onEdit,
  onRemove,
}: {
  isGiven: boolean;
  t: ItemText;
  onEdit: () => void;
  onRemove: () => void;
}) {
  return (
    <div className="card-actions">
      <Button aria-label={t('edit-one')} onClick={onEdit}>
        {t('edit')}
      </Button>
      <Button look="quiet" disabled={isGiven} aria-label={t('remove-title')} onClick={onRemove}>
        {t('remove')}
      </Button>
    </div>
  );
}

/** Asks before an item goes. `known`: as it was when the question began, so that what another PC changes meanwhile is no loss. */
export function RemoveItem({
  part,
  known,
  t,
  onClose,
}: {
  part: ItemChange['part'];
  known: Pick<KnownItem<unknown>, 'id' | 'revision'>;
  t: ItemText;
  onClose: () => void;
}) {
  return (
    <RemoveDialog
      title={t('remove-title')}
      text={t('remove-text')}
      yes={t('remove')}
      done={t('removed')}
      remove={async () => {
        await saveItem({ part, id: known.id, base: known.revision, value: null });
      }}
      onClose={onClose}
    />
  );
}
