import { useState } from 'react';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { queries } from '../../mail/cache/mail-cache.ts';
import { profileServer } from '../../session/clients.ts';
import { useRun } from '../../session/use-run.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { useText } from '../../text/text.ts';

/** Names a new group, or one that is there anew. */
export function NameDialog({
  group,
  onClose,
}: {
  group: { id: string; name: string } | null;
  onClose: () => void;
}) {
  const t = useText(adminUserTexts);
  const [name, setName] = useState(group?.name ?? '');
  const { busy, problem, run } = useRun();
  const save = async (): Promise<void> => {
    const { group: calls } = profileServer();
    if (group === null) await calls.add.mutate({ name });
    else await calls.rename.mutate({ id: group.id, name });
    await queries.invalidateQueries({ queryKey: ['admin'] });
    onClose();
  };
  return (
    <FormDialog
      title={group === null ? t('group-add') : t('rename')}
      yes={t('save')}
      testId="group-save"
      busy={busy}
      problem={problem}
      byBrowser
      onSubmit={() => void run(save)}
      onClose={onClose}
    >
      <Field
        label={t('group-name')}
        value={name}
        required
        maxLength={100}
        data-testid="group-name"
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
