import { useState, type ReactNode } from 'react';
import type { ProofInput } from '../../../../common/shapes/factor.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { PasswordField } from '../../parts/password-field.tsx';
import { profileServer } from '../../session/clients.ts';
import { describeClient } from '../../session/session-actions.ts';
import { askPasskey, canUsePasskeys, explainPasskey } from '../../session/steps/passkey.ts';
import { useRun } from '../../session/use-run.ts';
import { securityTexts } from '../../text/security.ts';
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
  const factors = useFactors().data;
  const [text, setText] = useState('');
  const { busy, problem, run } = useRun(explainPasskey);
  const byCode = !hasPassword && factors !== undefined && factors.totp !== null;
  const byPasskey = factors !== undefined && factors.passkeys.length > 0 && canUsePasskeys();
  const prove = (make: () => Promise<ProofInput>): void => {
    void run(async () => {
      await act(await make());
      onClose();
    });
  };
  const provePasskey = async (): Promise<ProofInput> => {
    const asked = await profileServer().session.passkeyOptions.mutate(describeClient());
    return { passkey: { ticket: asked.ticket, answer: await askPasskey(asked.options) } };
  };
  return (
    <FormDialog
      title={title}
      yes={yes}
      testId="proof-yes"
      busy={busy}
      ready={text !== ''}
      problem={problem}
      onSubmit={() => prove(async () => (hasPassword ? { password: text } : { totp: text.trim() }))}
      onClose={onClose}
    >
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
          <Button icon="key" disabled={busy} onClick={() => prove(provePasskey)}>
            {t('prove-passkey')}
          </Button>
        </p>
      ) : null}
    </FormDialog>
  );
}
