import { useState, type FormEvent } from 'react';
import type { SignIn, SignInStep } from '../../../../common/shapes/session.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';
import { describeClient } from '../session-actions.ts';
import { canUsePasskeys, makePasskey } from './passkey.ts';
import { focus } from './focus.ts';
import { TotpSecret } from './totp-secret.tsx';
import { useAnswer } from './use-answer.ts';

/** The policy demands a second factor: a passkey, or an app, is set up before the session begins. */
export function SetUpFactor({
  step,
  onAnswer,
}: {
  step: Extract<SignInStep, { step: 'set-up-factor' }>;
  onAnswer: (answer: SignIn | SignInStep) => Promise<void>;
}) {
  const t = useText(stepTexts);
  const { busy, problem, send } = useAnswer(step.ticket, onAnswer);
  const { passkey, totp } = step;
  const byPasskey = passkey !== null && canUsePasskeys() ? passkey : null;
  const [app, setApp] = useState(byPasskey === null);
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (code.trim() !== '') void send(async () => ({ totp: code.trim() }));
  };
  return (
    <form className="sign-in-form" noValidate onSubmit={submit} aria-busy={busy}>
      <h2 tabIndex={-1} ref={focus}>
        {t('set-up-title')}
      </h2>
      <p>{t('set-up-lead')}</p>
      {byPasskey === null ? null : (
        <Button
          look={app ? 'plain' : 'main'}
          icon="key"
          disabled={busy}
          data-testid="set-up-passkey"
          onClick={() =>
            void send(async () => ({
              newPasskey: await makePasskey(byPasskey),
              name: describeClient().client,
            }))
          }
        >
          {t('make-passkey')}
        </Button>
      )}
      {app ? (
        <>
          <TotpSecret {...totp} />
          <Field
            label={t('totp')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            value={code}
            problem={tried && code.trim() === '' ? t('fill-in') : null}
            onChange={(event) => setCode(event.target.value)}
            data-testid="set-up-code"
          />
          <ProblemBox problem={problem} />
          <Button look="main" type="submit" disabled={busy} data-testid="step-submit">
            {t('go-on')}
          </Button>
        </>
      ) : (
        <>
          <p className="field-hint">{t('passkey-hint')}</p>
          <ProblemBox problem={problem} />
          <button type="button" className="link-button" data-testid="set-up-app" onClick={() => setApp(true)}>
            {t('use-app')}
          </button>
        </>
      )}
    </form>
  );
}
