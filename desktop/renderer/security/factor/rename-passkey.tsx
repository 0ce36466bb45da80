import { useState, type FormEvent } from 'react';
import type { PasskeyRow } from '../../../../common/shapes/factor.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { profileServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { securityTexts } from '../../text/security.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { reloadFactors } from './factors.ts';

/** Another name for a passkey, such as of the device that has it. */
export function RenamePasskey({ passkey, onClose }: { passkey: PasskeyRow; onClose: () => void }) {
  const t = useText(securityTexts);
  const shell = useText(shellTexts);
  const [name, setName] = useState(passkey.name);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await profileServer().factor.renamePasskey.mutate({ id: passkey.id, name });
      reloadFactors();
      onClose();
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  return (
    <Dialog title={t('rename-name', { name: passkey.name })} closeLabel={shell('close')} onClose={onClose}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <div className="dialog-body">
          <Field
            label={t('passkey-name')}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
            data-testid="passkey-name"
          />
          <ProblemBox problem={problem} />
        </div>
        <footer className="dialog-foot">
          <Button onClick={onClose}>{shell('cancel')}</Button>
          <Button look="main" type="submit" disabled={name.trim() === ''} data-testid="passkey-save">
            {t('rename')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
