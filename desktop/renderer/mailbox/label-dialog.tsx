import { useId, useState } from 'react';
import { LABEL_COLOURS, LABEL_LENGTH } from '../../../common/label-name.ts';
import type { LabelDefinition } from '../../../common/shapes/label.ts';
import { Field } from '../parts/field.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { changeItem } from '../profile/change-item.ts';
import type { WithId } from '../profile/profile-store.ts';
import { storageServer } from '../session/clients.ts';
import { useRun } from '../session/use-run.ts';
import { useExplain } from '../shell/explain.ts';
import { mailboxTexts } from '../text/mailboxes.ts';
import { useText } from '../text/text.ts';

/** Name and colour of a label; with a new name every mail that bears the old one gets it. */
export function LabelDialog({
  label,
  onSaved,
  onClose,
}: {
  label: WithId<LabelDefinition> | null;
  onSaved?: (name: string) => void;
  onClose: () => void;
}) {
  const t = useText(mailboxTexts);
  const explain = useExplain();
  const group = useId();
  const [name, setName] = useState(label?.name ?? '');
  const [colour, setColour] = useState(label?.colour ?? 'teal');
  const [missing, setMissing] = useState(false);
  const { busy, problem, run } = useRun();
  const wanted = name.trim();
  const save = async (): Promise<void> => {
    await changeItem('labels', label?.id ?? null, { name: wanted, colour });
    if (label !== null && label.name !== wanted) {
      const selection = { where: { label: label.name } };
      await storageServer().mail.label.mutate({ selection, add: [wanted], remove: [label.name] });
    }
    onSaved?.(wanted);
    onClose();
  };
  return (
    <FormDialog
      title={label === null ? t('new-label') : t('edit-label', label)}
      yes={t('save')}
      testId="label-save"
      busy={busy}
      onSubmit={() => {
        setMissing(wanted === '');
        if (wanted !== '') void run(save);
      }}
      onClose={onClose}
    >
      <Field
        label={t('name')}
        value={name}
        maxLength={LABEL_LENGTH}
        autoComplete="off"
        problem={missing ? t('name-missing') : problem === null ? null : explain(problem)}
        data-testid="label-name"
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className="colours">
        <legend>{t('colour')}</legend>
        {LABEL_COLOURS.map((one) => (
          <label key={one} className={`colour label-${one}`} title={t(`colour-${one}`)}>
            <input
              type="radio"
              name={group}
              checked={colour === one}
              aria-label={t(`colour-${one}`)}
              onChange={() => setColour(one)}
            />
          </label>
        ))}
      </fieldset>
    </FormDialog>
  );
}
