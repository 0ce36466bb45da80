import { useState } from 'react';
import type { SignIn, SignInStep } from '../../../../common/shapes/session.ts';
import { Button } from '../../parts/button.tsx';
import { setClock } from '../../parts/clock.ts';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';
import { goOn } from '../session-actions.ts';
import { unfinishedStore, type Unfinished } from '../session.ts';
import { ChangePassword } from './change-password.tsx';
import { focus } from './focus.ts';
import { LetProgramIn } from './let-program-in.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SecondFactor } from './second-factor.tsx';
import { SetUpFactor } from './set-up-factor.tsx';

/** What a sign-in still asks, one screen for each. */
export function Step({ step, remember, lab }: Unfinished) {
  const t = useText(stepTexts);
  const keep = { remember, lab };
  const [kept, setKept] = useState<SignIn | null>(null);
  const take = async (answer: SignIn | SignInStep): Promise<void> => {
    // Told this once: nobody gets past them unseen.
    if (!('step' in answer) && answer.recovery !== undefined) {
      // It is told now, and taken when the codes are kept.
      setClock(answer.issuedAt);
      return setKept(answer);
    }
    await goOn(answer, keep);
  };
  if (kept?.recovery !== undefined) {
    return (
      <section className="sign-in-form" aria-label={t('recovery-title')}>
        <h2 tabIndex={-1} ref={focus}>
          {t('recovery-title')}
        </h2>
        <RecoveryCodes codes={kept.recovery} onDone={() => void goOn(kept, keep)} />
      </section>
    );
  }
  if (step.step === 'program') return <LetProgramIn step={step} />;
  return (
    <>
      {step.step === 'second-factor' ? <SecondFactor step={step} keep={keep} onAnswer={take} /> : null}
      {step.step === 'change-password' ? <ChangePassword step={step} onAnswer={take} /> : null}
      {step.step === 'set-up-factor' ? <SetUpFactor step={step} onAnswer={take} /> : null}
      <p className="sign-in-switch">
        <Button look="quiet" icon="back" onClick={() => unfinishedStore.set(null)}>
          {t('from-start')}
        </Button>
      </p>
    </>
  );
}
