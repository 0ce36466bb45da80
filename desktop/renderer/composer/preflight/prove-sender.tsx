import { useEffect, useState } from 'react';
import type { Identity } from '../../../../common/shapes/identity.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { profileServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { preflightTexts } from '../../text/preflight.ts';
import { useText } from '../../text/text.ts';

/** Milliseconds between looks whether the mail with the code has come by itself, and how long they go on. */
const LOOK_EVERY = 5000;
const LOOK_FOR = 5 * 60_000;

/** A code goes to the address, and is typed in here; where that mailbox is fetched, it is enough that it comes. */
export function ProveSender({ identity, onSolved }: { identity: Identity; onSolved: () => void }) {
  const t = useText(preflightTexts);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (!asked) return undefined;
    const looking = setInterval(onSolved, LOOK_EVERY);
    const end = setTimeout(() => clearInterval(looking), LOOK_FOR);
    return () => {
      clearInterval(looking);
      clearTimeout(end);
    };
  }, [asked, onSolved]);
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
    // No form: it may stand inside one.
    <div className="prove-sender">
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
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              if (code.trim() !== '') void run(confirm);
            }}
            after={
              <Button look="main" disabled={busy || code.trim() === ''} onClick={() => void run(confirm)}>
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
    </div>
  );
}
