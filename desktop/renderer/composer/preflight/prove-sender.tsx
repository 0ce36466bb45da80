import { useState } from 'react';
import type { Identity } from '../../../../common/shapes/identity.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { profileServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { preflightTexts } from '../../text/preflight.ts';
import { useText } from '../../text/text.ts';

/** A code goes to the address, and is typed in here. */
export function ProveSender({ identity, onSolved }: { identity: Identity; onSolved: () => void }) {
  const t = useText(preflightTexts);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const ask = async (): Promise<void> => {
    await profileServer().sender.sendCode.mutate({ identity: identity.id });
    setAsked(true);
  };
  const confirm = async (): Promise<void> => {
    await profileServer().sender.confirm.mutate({ identity: identity.id, code: code.trim() });
    onSolved();
  };
  return (
    <form
      className="prove-sender"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (code.trim() !== '') void run(confirm);
      }}
    >
      {asked ? (
        <>
          <p role="status">{t('code-sent', { address: identity.address })}</p>
          <Field
            label={t('code')}
            value={code}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            data-testid="sender-code"
            onChange={(event) => setCode(event.target.value)}
            after={
              <Button look="main" type="submit" disabled={busy || code.trim() === ''}>
                {t('confirm')}
              </Button>
            }
          />
        </>
      ) : null}
      <ProblemBox problem={problem} />
      <div className="note-buttons">
        <Button
          look={asked ? 'quiet' : 'plain'}
          disabled={busy}
          data-testid="send-code"
          onClick={() => void run(ask)}
        >
          {t(asked ? 'send-code-again' : 'send-code')}
        </Button>
      </div>
    </form>
  );
}
