import { useState } from 'react';
import { MailError } from '../../../../common/errors.ts';
import type { PasskeyRow } from '../../../../common/shapes/factor.ts';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { PasswordField } from '../../parts/password-field.tsx';
import { profileServer } from '../../session/clients.ts';
import { askPasskey, explainPasskey } from '../../session/steps/passkey.ts';
import { useRun } from '../../session/use-run.ts';
import { securityTexts } from '../../text/security.ts';
import { useText } from '../../text/text.ts';
import { reloadFactors } from './factors.ts';

/** Lets a passkey open what only the password does, by both of them; or takes that away again. */
export function OpeningDialog({ passkey, onClose }: { passkey: PasskeyRow; onClose: () => void }) {
  const t = useText(securityTexts);
  const [password, setPassword] = useState('');
  const { busy, problem, run } = useRun(explainPasskey);
  const { id, name, opens } = passkey;
  const change = async (): Promise<void> => {
    if (opens) await profileServer().factor.endOpening.mutate({ id });
    else await letOpen(id, password);
    reloadFactors();
    onClose();
  };
  return (
    <FormDialog
      title={t(opens ? 'passkey-end-name' : 'passkey-let-name', { name })}
      yes={t(opens ? 'passkey-end' : 'go-on')}
      testId="opening-yes"
      busy={busy}
      ready={opens || password !== ''}
      problem={problem}
      onSubmit={() => void run(change)}
      onClose={onClose}
    >
      {opens ? null : (
        <>
          <p>{t('passkey-let-text')}</p>
          <PasswordField
            label={t('your-password')}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            data-testid="opening-password"
          />
        </>
      )}
    </FormDialog>
  );
}

async function letOpen(passkey: string, password: string): Promise<void> {
  const { session, factor } = profileServer();
  const asked = await session.askOpening.mutate({ passkey });
  if (asked === null) throw new MailError('not-found', 'no such passkey', { reason: 'factor' });
  const answer = await askPasskey(asked.options);
  await factor.letOpen.mutate({ ticket: asked.ticket, answer, password });
}
