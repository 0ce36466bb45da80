import { useId, useState } from 'react';
import { LABEL_COLOURS, LABEL_LENGTH } from '../../../common/label-name.ts';
import type { LabelDefinition } from '../../../common/shapes/label.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { changeItem } from '../profile/change-item.ts';
import type { WithId } from '../profile/profile-store.ts';
import { storageServer } from '../session/clients.ts';
import { toProblem, type Problem } from '../session/problem.ts';
import { useExplain } from '../shell/explain.ts';
import { mailboxTexts } from '../text/mailboxes.ts';
import { shellTexts } from '../text/shell.ts';
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
  const shell = useText(shellTexts);
  const explain = useExplain();
  const group = useId();
  const [name, setName] = useState(label?.name ?? '');
  const [colour, setColour] = useState(label?.colour ?? 'teal');
  const [problem, setProblem] = useState<Problem | 'missing' | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    const wanted = name.trim();
    if (wanted === '') return setProblem('missing');
    setBusy(true);
    try {
      await changeItem('labels', label?.id ?? null, { name: wanted, colour });
      if (label !== null && label.name !== wanted) {
        const where = { label: label.name };
        await storageServer().mail.label.mutate({
          selection: { where },
          add: [wanted],
          remove: [label.name],
        });
      }
      onSaved?.(wanted);
      onClose();
    } catch (error) {
      setProblem(toProblem(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={label === null ? t('new-label') : t('edit-label', label)}
      closeLabel={shell('close')}
      onClose={onClose}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className="dialog-body">
          <Field
            label={t('name')}
            value={name}
            maxLength={LABEL_LENGTH}
            autoComplete="off"
            problem={problem === null ? null : problem === 'missing' ? t('name-missing') : explain(problem)}
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
        </div>
        <footer className="dialog-foot">
          <Button onClick={onClose}>{shell('cancel')}</Button>
          <Button look="main" type="submit" disabled={busy} data-testid="label-save">
            {t('save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
