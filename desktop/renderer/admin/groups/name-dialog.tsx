import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { queries } from '../../mail/cache/mail-cache.ts';
import { profileServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { shellTexts } from '../../text/shell.ts';
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
  const shell = useText(shellTexts);
  const [name, setName] = useState(group?.name ?? '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (): Promise<void> => {
    try {
      const { group: calls } = profileServer();
      if (group === null) await calls.add.mutate({ name });
      else await calls.rename.mutate({ id: group.id, name });
      await queries.invalidateQueries({ queryKey: ['admin'] });
      onClose();
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  const title = group === null ? t('group-add') : t('rename');
  return (
    <Dialog title={title} closeLabel={shell('close')} onClose={onClose}>
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label={t('group-name')}
          value={name}
          required
          maxLength={100}
          data-testid="group-name"
          onChange={(event) => setName(event.target.value)}
        />
        <ProblemBox problem={problem} />
        <footer className="dialog-foot">
          <Button onClick={onClose}>{shell('cancel')}</Button>
          <Button type="submit" look="main" data-testid="group-save">
            {t('save')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
