import { useState } from 'react';
import type { PasskeyRow } from '../../../../common/shapes/factor.ts';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { profileServer } from '../../session/clients.ts';
import { useRun } from '../../session/use-run.ts';
import { securityTexts } from '../../text/security.ts';
import { useText } from '../../text/text.ts';
import { reloadFactors } from './factors.ts';

/** Another name for a passkey, such as of the device that has it. */
export function RenamePasskey({ passkey, onClose }: { passkey: PasskeyRow; onClose: () => void }) {
  const t = useText(securityTexts);
  const [name, setName] = useState(passkey.name);
  const { busy, problem, run } = useRun();
  const rename = async (): Promise<void> => {
    await profileServer().factor.renamePasskey.mutate({ id: passkey.id, name });
    reloadFactors();
    onClose();
  };
  return (
    <FormDialog
      title={t('rename-name', { name: passkey.name })}
      yes={t('rename')}
      testId="passkey-save"
      busy={busy}
      ready={name.trim() !== ''}
      problem={problem}
      onSubmit={() => void run(rename)}
      onClose={onClose}
    >
      <Field
        label={t('passkey-name')}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        data-testid="passkey-name"
      />
    </FormDialog>
  );
}
