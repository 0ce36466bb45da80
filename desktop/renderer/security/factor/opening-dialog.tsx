import { useState, type FormEvent } from 'react';
import { MailError } from '../../../../common/errors.ts';
import type { PasskeyRow } from '../../../../common/shapes/factor.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { PasswordField } from '../../parts/password-field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { profileServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { askPasskey, describePasskeyFailure } from '../../session/steps/passkey.ts';
import { securityTexts } from '../../text/security.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { reloadFactors } from './factors.ts';

/** Lets a passkey open what only the password does, by both of them; or takes that away again. */
export function OpeningDialog({ passkey, onClose }: { passkey: PasskeyRow; onClose: () => void }) {
  const t = useText(securityTexts);
  const shell = useText(shellTexts);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const { id, name, opens } = passkey;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      if (opens) await profileServer().factor.endOpening.mutate({ id });
      else await letOpen(id, password);
      reloadFactors();
      return onClose();
    } catch (error) {
      setProblem(describePasskeyFailure(error) ?? toProblem(error));
    }
    setBusy(false);
  };
  const title = t(opens ? 'passkey-end-name' : 'passkey-let-name', { name });
  return (
    <Dialog title={title} closeLabel={shell('close')} onClose={onClose}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <div className="dialog-body">
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
          <ProblemBox problem={problem} />
        </div>
        <footer className="dialog-foot">
          <Button onClick={onClose}>{shell('cancel')}</Button>
          <Button
            look="main"
            type="submit"
            disabled={busy || (!opens && password === '')}
            data-testid="opening-yes"
          >
            {t(opens ? 'passkey-end' : 'go-on')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

async function letOpen(passkey: string, password: string): Promise<void> {
  const { session, factor } = profileServer();
  const asked = await session.askOpening.mutate({ passkey });
  if (asked === null) throw new MailError('not-found', 'no such passkey', { reason: 'factor' });
  const answer = await askPasskey(asked.options);
  await factor.letOpen.mutate({ ticket: asked.ticket, answer, password });
}
