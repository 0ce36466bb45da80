import { useCallback, useRef, useState, type ComponentType } from 'react';
import type { LayerItem, LayerPart } from '../../../../../common/shapes/layer.ts';
import { Button } from '../../../parts/button.tsx';
import { FormDialog } from '../../../parts/form-dialog.tsx';
import { useRun } from '../../../session/use-run.ts';
import { adminPolicyTexts } from '../../../text/admin-policy.ts';
import { useText } from '../../../text/text.ts';
import { LockField } from '../lock-field.tsx';
import { nameLayerItem } from '../name-layer-item.ts';
import { saveLayerItem } from '../save-layer-item.ts';
import { ContactFields } from './contact-fields.tsx';
import type { Entry, FieldsProps } from './fields.ts';
import { IdentityFields } from './identity-fields.tsx';
import { PreferenceFields } from './preference-fields.tsx';
import { RuleFields } from './rule-fields.tsx';
import { TemplateFields } from './template-fields.tsx';

export type ItemPart = Exclude<LayerPart, 'accounts'>;

const FIELDS: Record<ItemPart, ComponentType<FieldsProps>> = {
  identities: IdentityFields,
  rules: RuleFields,
  templates: TemplateFields,
  preferences: PreferenceFields,
  contacts: ContactFields,
};

/** Parts whose texts may name their users. */
const WITH_VARIABLES: readonly ItemPart[] = ['identities', 'rules', 'templates'];

/** One item of a layer, in the form in which users make their own. */
export function ItemDialog({
  of,
  part,
  item,
  items,
  onClose,
}: {
  of: string;
  part: ItemPart;
  item: LayerItem | null;
  items: readonly LayerItem[];
  onClose: () => void;
}) {
  const t = useText(adminPolicyTexts);
  const entry = useRef<Entry>({ value: undefined });
  const [tried, setTried] = useState(false);
  const [locked, setLocked] = useState(item?.locked ?? null);
  const { busy, problem, run } = useRun();
  const hear = useCallback((said: Entry) => {
    entry.current = said;
  }, []);
  const save = (value: unknown): void => {
    void run(async () => {
      const { id } = entry.current;
      await saveLayerItem({ of, part, item, ...(id === undefined ? {} : { id }) }, value, locked);
      onClose();
    });
  };
  const Fields = FIELDS[part];
  // An address belongs to an account that is given too.
  const alone = part === 'identities' && !items.some((one) => one.part === 'accounts');
  return (
    <FormDialog
      title={item === null ? t(`new-${part}`) : nameLayerItem(item)}
      yes={t('save')}
      testId="layer-save"
      formTestId={`layer-${part}`}
      wide
      busy={busy}
      ready={!alone}
      problem={problem}
      more={
        item === null ? null : (
          <Button look="quiet" icon="trash" disabled={busy} onClick={() => save(null)}>
            {t('layer-remove')}
          </Button>
        )
      }
      onSubmit={() => {
        setTried(true);
        const { value } = entry.current;
        if (value !== undefined && locked !== '') save(value);
      }}
      onClose={onClose}
    >
      {WITH_VARIABLES.includes(part) ? <p className="card-note">{t('variables')}</p> : null}
      <Fields item={item} items={items} tried={tried} onEntry={hear} />
      {part === 'contacts' || alone ? null : (
        <LockField
          locked={locked}
          onLock={setLocked}
          problem={tried && locked === '' ? t('fill-in') : null}
        />
      )}
    </FormDialog>
  );
}
