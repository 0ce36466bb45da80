import { useState } from 'react';
import type { Mailbox } from '../../../common/shapes/mailbox.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { SelectField } from '../parts/choice-fields.tsx';
import { Field } from '../parts/field.tsx';
import { changeItem } from '../profile/change-item.ts';
import { toProblem, type Problem } from '../session/problem.ts';
import { useExplain } from '../shell/explain.ts';
import { mailboxTexts } from '../text/mailboxes.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';

/** The mailbox that is renamed or moved; null makes a new one inside `parent`. */
export interface MailboxEdit {
  mailbox: Mailbox | null;
  parent: string | null;
}

/** Name and place of a mailbox. */
export function MailboxDialog({
  edit,
  mailboxes,
  onClose,
}: {
  edit: MailboxEdit;
  mailboxes: readonly Mailbox[];
  onClose: () => void;
}) {
  const t = useText(mailboxTexts);
  const shell = useText(shellTexts);
  const explain = useExplain();
  const { mailbox } = edit;
  const [name, setName] = useState(mailbox?.name ?? '');
  const [parent, setParent] = useState(edit.parent);
  const [problem, setProblem] = useState<Problem | 'missing' | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    if (name.trim() === '') return setProblem('missing');
    setBusy(true);
    try {
      const role = mailbox?.role ?? null;
      await changeItem('mailboxes', mailbox?.id ?? null, { name: name.trim(), role, parent });
      onClose();
    } catch (error) {
      setProblem(toProblem(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={mailbox === null ? t('new-title') : t('edit-title', { name: mailbox.name })}
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
            maxLength={200}
            autoComplete="off"
            problem={problem === null ? null : problem === 'missing' ? t('name-missing') : explain(problem)}
            data-testid="mailbox-name"
            onChange={(event) => setName(event.target.value)}
          />
          <SelectField
            label={t('inside')}
            value={parent ?? ''}
            choices={[
              { value: '', label: t('at-top') },
              ...mailboxes
                .filter(({ path }) => mailbox === null || !isWithin(path, mailbox.path))
                .map(({ id, path }) => ({ value: id, label: path })),
            ]}
            onPick={(value) => setParent(value === '' ? null : value)}
          />
        </div>
        <footer className="dialog-foot">
          <Button onClick={onClose}>{shell('cancel')}</Button>
          <Button look="main" type="submit" disabled={busy} data-testid="mailbox-save">
            {t('save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** A mailbox cannot go into itself or into one inside it. */
function isWithin(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}
