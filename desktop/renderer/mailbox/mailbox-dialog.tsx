import { useState } from 'react';
import type { Mailbox } from '../../../common/shapes/mailbox.ts';
import { SelectField } from '../parts/choice-fields.tsx';
import { Field } from '../parts/field.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { changeItem } from '../profile/change-item.ts';
import { useRun } from '../session/use-run.ts';
import { useExplain } from '../shell/explain.ts';
import { mailboxTexts } from '../text/mailboxes.ts';
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
  const explain = useExplain();
  const { mailbox } = edit;
  const [name, setName] = useState(mailbox?.name ?? '');
  const [parent, setParent] = useState(edit.parent);
  const [missing, setMissing] = useState(false);
  const { busy, problem, run } = useRun();
  const wanted = name.trim();
  const save = async (): Promise<void> => {
    const role = mailbox?.role ?? null;
    await changeItem('mailboxes', mailbox?.id ?? null, { name: wanted, role, parent });
    onClose();
  };
  return (
    <FormDialog
      title={mailbox === null ? t('new-title') : t('edit-title', { name: mailbox.name })}
      yes={t('save')}
      testId="mailbox-save"
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
        maxLength={200}
        autoComplete="off"
        problem={missing ? t('name-missing') : problem === null ? null : explain(problem)}
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
    </FormDialog>
  );
}

/** A mailbox cannot go into itself or into one inside it. */
function isWithin(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}
