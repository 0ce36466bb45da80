import { useState, type FormEvent, type ReactNode } from 'react';
import type { ProofInput } from '../../../../common/shapes/factor.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Field } from '../../parts/field.tsx';
import { PasswordField } from '../../parts/password-field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { profileServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { describeClient } from '../../session/session-actions.ts';
import { askPasskey, canUsePasskeys, describePasskeyFailure } from '../../session/steps/passkey.ts';
import { securityTexts } from '../../text/security.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { useFactors } from './factors.ts';

/** Whoever sits at an unlocked PC must not change who gets in: asks the password, a passkey or a code before `act`. */
export function ProofDialog({
  title,
  children,
  yes,
  hasPassword,
  act,
  onClose,
}: {
  title: string;
  /** What will happen. */
  children?: ReactNode;
  yes: string;
  /** Whether the user has a password here. */
  hasPassword: boolean;
  act: (proof: ProofInput) => Promise<void>;
  onClose: () => void;
}) {
  const t = useText(securityTexts);
  const shell = useText(shellTexts);
  const factors = useFactors().data;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const byCode = !hasPassword && factors !== undefined && factors.totp !== null;
  const byPasskey = factors !== undefined && factors.passkeys.length > 0 && canUsePasskeys();
  const run = async (prove: () => Promise<ProofInput>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await act(await prove());
      return onClose();
    } catch (error) {
      setProblem(describePasskeyFailure(error) ?? toProblem(error));
    }
    setBusy(false);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => (hasPassword ? { password: text } : { totp: text.trim() }));
  };
  const provePasskey = async (): Promise<ProofInput> => {
    const asked = await profileServer().session.passkeyOptions.mutate(describeClient());
    return { passkey: { ticket: asked.ticket, answer: await askPasskey(asked.options) } };
  };
  return (
    <Dialog title={title} closeLabel={shell('close')} onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <div className="dialog-body">
          {children}
          {hasPassword ? (
            <PasswordField
              label={t('your-password')}
              autoComplete="current-password"
              value={text}
              onChange={(event) => setText(event.target.value)}
              data-testid="proof-password"
            />
          ) : null}
          {byCode ? (
            <Field
              label={t('your-code')}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={text}
              onChange={(event) => setText(event.target.value)}
              data-testid="proof-code"
            />
          ) : null}
          {byPasskey ? (
            <p>
              <Button icon="key" disabled={busy} onClick={() => void run(provePasskey)}>
                {t('prove-passkey')}
              </Button>
            </p>
          ) : null}
          <ProblemBox problem={problem} />
        </div>
        <footer className="dialog-foot">
          <Button onClick={onClose}>{shell('cancel')}</Button>
          <Button look="main" type="submit" disabled={busy || text === ''} data-testid="proof-yes">
            {yes}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
