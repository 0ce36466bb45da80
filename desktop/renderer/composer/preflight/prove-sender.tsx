import { useEffect, useState } from 'react';
import type { Identity } from '../../../../common/shapes/identity.ts';
import { BETWEEN_CODES } from '../../../../common/shapes/sender.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { useNow } from '../../parts/now.ts';
import { ProblemBox } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { profileServer } from '../../session/clients.ts';
import { toProblem, type Problem } from '../../session/problem.ts';
import { formatMoment } from '../../text/format-more.ts';
import { preflightTexts } from '../../text/preflight.ts';
import { languageStore, useText } from '../../text/text.ts';
import { readSenders, useCodeSentAt, useRestBetweenCodes } from './code-under-way.ts';

/** Milliseconds between looks whether the mail with the code has come by itself, and how long they go on. */
const LOOK_EVERY = 5000;
const LOOK_FOR = 5 * 60_000;

/**
 * A code goes to the address, and is typed in here, also when it was asked for elsewhere; where that mailbox is fetched,
 * it is enough that it comes.
 */
export function ProveSender({ identity, onSolved }: { identity: Identity; onSolved: () => void }) {
  const t = useText(preflightTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const sentAt = useCodeSentAt(identity.id);
  const { rests, hold } = useRestBetweenCodes(sentAt);
  const [asked, setAsked] = useState<'now' | 'before' | null>(null);
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const waits = asked !== null || sentAt !== null;
  useEffect(() => {
    if (!waits) return undefined;
    const looking = setInterval(onSolved, LOOK_EVERY);
    const end = setTimeout(() => clearInterval(looking), LOOK_FOR);
    return () => {
      clearInterval(looking);
      clearTimeout(end);
    };
  }, [waits, onSolved]);
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      const found = toProblem(error);
      setProblem(found);
      if (found.code === 'too-soon') {
        setAsked('before');
        hold((found.retryAfter ?? 1) * 1000);
      }
      // It counts no more: there is nothing to type in until another one is sent.
      if (found.reason === 'sender-code-expired') setAsked(null);
    } finally {
      setBusy(false);
      readSenders();
    }
  };
  const ask = async (): Promise<void> => {
    await profileServer().sender.sendCode.mutate({ identity: identity.id });
    setAsked('now');
    setCode('');
    hold(BETWEEN_CODES);
  };
  const confirm = async (): Promise<void> => {
    await profileServer().sender.confirm.mutate({ identity: identity.id, code: code.trim() });
    onSolved();
  };
  const { address } = identity;
  return (
    // No form: it may stand inside one.
    <div className="prove-sender">
      {waits ? (
        <>
          <p role="status">
            {asked === 'now' || sentAt === null
              ? t('code-sent', { address })
              : t('code-sent-before', { address, time: formatMoment(sentAt, now, language, zone) })}
          </p>
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
          look={waits ? 'quiet' : 'plain'}
          disabled={busy || rests}
          data-testid="send-code"
          onClick={() => void run(ask)}
        >
          {t(waits ? 'send-code-again' : 'send-code')}
        </Button>
      </div>
    </div>
  );
}
