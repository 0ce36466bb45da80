import { useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';
import { profileServer } from '../clients.ts';
import type { Problem } from '../problem.ts';
import { describeClient } from '../session-actions.ts';
import type { ProgramStep } from '../session.ts';
import { focus } from './focus.ts';
import { askPasskey, explainPasskey } from './passkey.ts';

/** In the system's browser: the desktop program has sent its person here for a passkey. Asked before, as anybody could have sent the link. */
export function LetProgramIn({ step }: { step: ProgramStep }) {
  const t = useText(stepTexts);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [state, setState] = useState<'asked' | 'busy' | 'done'>('asked');
  const letIn = async (): Promise<void> => {
    setState('busy');
    setProblem(null);
    try {
      const { session } = profileServer();
      const { ticket, options } = await session.passkeyOptions.mutate(describeClient());
      const { prf: _computed, ...passkey } = await askPasskey(options);
      await session.letProgramIn.mutate({ ticket, passkey, program: step.ticket });
      setState('done');
    } catch (error) {
      setProblem(explainPasskey(error));
      setState('asked');
    }
  };
  if (state === 'done') {
    return (
      <section className="sign-in-form" data-testid="program-done">
        <h2 tabIndex={-1} ref={focus}>
          {t('program-done-title')}
        </h2>
        <p>{t('program-done')}</p>
      </section>
    );
  }
  return (
    <section className="sign-in-form" aria-busy={state === 'busy'} data-testid="program-asked">
      <h2 tabIndex={-1} ref={focus}>
        {t('program-title')}
      </h2>
      <p>{t('program-text')}</p>
      <p className="program-number">{step.number}</p>
      <p className="note note-warning">{t('program-warning')}</p>
      <ProblemBox problem={problem} />
      <Button
        look="main"
        icon="key"
        disabled={state === 'busy'}
        data-testid="program-passkey"
        onClick={() => void letIn()}
      >
        {t('program-go-on')}
      </Button>
    </section>
  );
}
