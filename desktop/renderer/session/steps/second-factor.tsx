import { useState, type FormEvent } from 'react';
import type { FactorMethod, SignIn, SignInStep } from '../../../../common/shapes/session.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';
import { native } from '../native.ts';
import { useBrowser, WaitingForBrowser } from '../ways/use-browser.tsx';
import { askPasskey, canUsePasskeys } from './passkey.ts';
import { focus } from './focus.ts';
import { useAnswer } from './use-answer.ts';

/** A passkey, a code of the app, or a recovery code: what the user has set up. */
export function SecondFactor({
  step,
  keep,
  onAnswer,
}: {
  step: Extract<SignInStep, { step: 'second-factor' }>;
  /** As chosen at the sign-in. */
  keep: { remember: boolean; lab: boolean };
  onAnswer: (answer: SignIn | SignInStep) => Promise<void>;
}) {
  const t = useText(stepTexts);
  const { busy, problem, send, run } = useAnswer(step.ticket, onAnswer);
  const { passkey } = step;
  // A passkey that the program may not ask for gets its owner in alone, in the system's browser.
  const browser = useBrowser();
  const byBrowser = native !== null && step.methods.includes('passkey');
  const methods = step.methods.filter((method) => method !== 'passkey' || canUsePasskeys());
  const codes = methods.filter((method) => method !== 'passkey');
  // A recovery code is for the day on which all else is lost: it is not the first thing that is asked.
  const first = methods.includes('passkey') ? codes.find((one) => one === 'totp') : codes[0];
  const [code, setCode] = useState('');
  const [method, setMethod] = useState<FactorMethod | undefined>(first);
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (code.trim() === '') return;
    const typed = code.trim();
    void send(async () => (method === 'recovery' ? { recovery: typed } : { totp: typed }));
  };
  const other = codes.find((one) => one !== method);
  if (browser.number !== null) return <WaitingForBrowser number={browser.number} cancel={browser.cancel} />;
  return (
    <form className="sign-in-form" noValidate onSubmit={submit} aria-busy={busy}>
      <h2 tabIndex={-1} ref={focus}>
        {t('factor-title')}
      </h2>
      {passkey !== null && methods.includes('passkey') ? (
        <Button
          look={method === undefined ? 'main' : 'plain'}
          icon="key"
          disabled={busy}
          data-testid="factor-passkey"
          onClick={() => void send(async () => ({ passkey: await askPasskey(passkey) }))}
        >
          {t('use-passkey')}
        </Button>
      ) : null}
      {byBrowser ? (
        <Button
          look={method === undefined ? 'main' : 'plain'}
          icon="key"
          disabled={busy}
          data-testid="factor-browser"
          onClick={() => void run(async () => await browser.begin('/session/program', keep))}
        >
          {t('use-passkey')}
        </Button>
      ) : null}
      {method === undefined ? null : (
        <>
          <Field
            label={t(method === 'recovery' ? 'recovery-code' : 'totp')}
            hint={t(method === 'recovery' ? 'recovery-code-hint' : 'totp-hint')}
            inputMode={method === 'recovery' ? 'text' : 'numeric'}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={method === 'recovery' ? 40 : 8}
            autoFocus={!methods.includes('passkey')}
            value={code}
            problem={tried && code.trim() === '' ? t('fill-in') : null}
            onChange={(event) => setCode(event.target.value)}
            data-testid="factor-code"
          />
          <ProblemBox problem={problem} />
          <Button look="main" type="submit" disabled={busy} data-testid="factor-submit">
            {t('go-on')}
          </Button>
        </>
      )}
      {method === undefined ? <ProblemBox problem={problem} /> : null}
      {methods.length === 0 && !byBrowser ? <p className="note note-warning">{t('factor-browser')}</p> : null}
      {other === undefined ? null : (
        <button
          type="button"
          className="link-button"
          data-testid="factor-other"
          onClick={() => {
            setMethod(other);
            setCode('');
            setTried(false);
          }}
        >
          {t(other === 'recovery' ? 'use-recovery' : 'use-totp')}
        </button>
      )}
    </form>
  );
}
