import { useState, type FormEvent } from 'react';
import type { SignIn, SignInStep } from '../../../../common/shapes/session.ts';
import { Button } from '../../parts/button.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';
import { NewPassword } from './new-password.tsx';
import { focus } from './focus.ts';
import { useAnswer } from './use-answer.ts';

/** Another password before the session begins, and why. */
export function ChangePassword({
  step,
  onAnswer,
}: {
  step: Extract<SignInStep, { step: 'change-password' }>;
  onAnswer: (answer: SignIn | SignInStep) => Promise<void>;
}) {
  const t = useText(stepTexts);
  const { busy, problem, send } = useAnswer(step.ticket, onAnswer);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Array.from(password).length < step.least) return;
    void send(async () => ({ newPassword: password }));
  };
  return (
    <form className="sign-in-form" noValidate onSubmit={submit} aria-busy={busy}>
      <h2 tabIndex={-1} ref={focus}>
        {t('change-title')}
      </h2>
      <p>{t(`change-${step.reason}`)}</p>
      <NewPassword
        label={t('new-password')}
        least={step.least}
        tried={tried}
        value={password}
        onText={setPassword}
        testId="step-password"
      />
      <ProblemBox problem={problem} />
      <Button look="main" type="submit" disabled={busy} data-testid="step-submit">
        {t('go-on')}
      </Button>
    </form>
  );
}
