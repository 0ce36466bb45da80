import { useEffect, useState, type FormEvent } from 'react';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { toProblem, type Problem } from '../../session/problem.ts';
import { tell } from '../../shell/notices.ts';
import { openSettings } from '../../shell/route.ts';
import { shellTexts } from '../../text/shell.ts';
import { say, useText } from '../../text/text.ts';
import { wizardTexts } from '../../text/wizard.ts';
import { AccountDetails } from '../account-details.tsx';
import { fillForm, guessForm, isAddress, usesOAuth, type AccountForm } from '../form/account-form.ts';
import { ByHand } from './by-hand.tsx';
import { findSettings, type FoundSettings } from './find-settings.ts';
import { FoundStep } from './found-step.tsx';

/** What the person has typed already is not asked for again. */
export type Typed = Partial<Pick<AccountForm, 'name' | 'password'>>;

type Step =
  | { at: 'address' }
  | { at: 'looking' }
  | { at: 'found'; found: FoundSettings }
  | { at: 'details'; start: AccountForm; found: FoundSettings | null };

/** A new account from its address alone: what is found, a password or a sign-in, a test, and mail arrives. */
export function AddAccount({ onDone, onCancel }: { onDone: () => void; onCancel: (() => void) | null }) {
  const [email, setEmail] = useState('');
  const [step, setStep] = useState<Step>({ at: 'address' });
  const [problem, setProblem] = useState<Problem | null>(null);
  const toAddress = (): void => setStep({ at: 'address' });
  const finish = (): void => {
    onDone();
    tellAdded(email);
  };
  const byHand = (found: FoundSettings | null, typed: Typed = {}): void =>
    setStep({ at: 'details', start: { ...startForm(email, found), ...typed }, found });
  useEffect(() => {
    if (step.at !== 'looking') return undefined;
    const stop = new AbortController();
    findSettings(email, stop.signal)
      .then((found) => setStep({ at: 'found', found }))
      .catch((error: unknown) => {
        if (stop.signal.aborted) return;
        setProblem(toProblem(error));
        setStep({ at: 'address' });
      });
    return () => stop.abort();
  }, [step, email]);
  if (step.at === 'address') {
    return (
      <AddressStep
        email={email}
        problem={problem}
        onCancel={onCancel}
        onEmail={setEmail}
        onByHand={() => byHand(null)}
        onNext={() => {
          setProblem(null);
          setStep({ at: 'looking' });
        }}
      />
    );
  }
  if (step.at === 'looking')
    return <LookingStep email={email} onBack={toAddress} onByHand={() => byHand(null)} />;
  if (step.at === 'found') {
    const { found } = step;
    return (
      <FoundStep
        email={email}
        found={found}
        onBack={toAddress}
        onByHand={(typed) => byHand(found, typed)}
        onDone={finish}
      />
    );
  }
  const { start, found } = step;
  return (
    <AccountDetails
      account={null}
      start={start}
      onBack={found === null ? toAddress : () => setStep({ at: 'found', found })}
      onDone={finish}
    />
  );
}

/** Most people have more than one address. */
function tellAdded(account: string): void {
  tell({
    kind: 'done',
    text: say(wizardTexts, 'added', { account }),
    action: { label: say(wizardTexts, 'add-another'), run: () => openSettings('accounts', 'new') },
    lasts: 8000,
  });
}

/** By hand a password is meant: signing in at the provider's page has its own button. */
function startForm(email: string, found: FoundSettings | null): AccountForm {
  const guess = guessForm(email);
  const { found: settings = [], unencrypted = null } = found?.discovery ?? {};
  if (settings[0] === undefined && unencrypted !== null) {
    return { ...guess, host: unencrypted.host, port: String(unencrypted.port), tls: 'none' };
  }
  const form = settings[0] === undefined ? guess : fillForm(guess, settings[0]);
  return usesOAuth(form) ? { ...form, auth: 'auto', smtpAuth: 'auto' } : form;
}

function AddressStep({
  email,
  problem,
  onEmail,
  onNext,
  onByHand,
  onCancel,
}: {
  email: string;
  problem: Problem | null;
  onEmail: (email: string) => void;
  onNext: () => void;
  onByHand: () => void;
  onCancel: (() => void) | null;
}) {
  const t = useText(wizardTexts);
  const shell = useText(shellTexts);
  const [bad, setBad] = useState(false);
  const goOn = (next: () => void): void => {
    setBad(!isAddress(email));
    if (isAddress(email)) next();
  };
  return (
    <form
      className="wizard"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        goOn(onNext);
      }}
    >
      <Field
        label={t('what-address')}
        type="email"
        name="email"
        autoComplete="email"
        autoFocus
        value={email}
        problem={bad ? t('bad-address') : null}
        hint={t('what-address-hint')}
        data-testid="account-email"
        onChange={(event) => onEmail(event.target.value)}
      />
      <ProblemBox problem={problem} />
      <div className="wizard-foot">
        <ByHand onByHand={() => goOn(onByHand)} />
        <div className="wizard-buttons">
          {onCancel === null ? null : <Button onClick={onCancel}>{shell('cancel')}</Button>}
          <Button look="main" type="submit" data-testid="account-next">
            {t('next')}
          </Button>
        </div>
      </div>
    </form>
  );
}

function LookingStep({
  email,
  onBack,
  onByHand,
}: {
  email: string;
  onBack: () => void;
  onByHand: () => void;
}) {
  const t = useText(wizardTexts);
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return (
    <div className="wizard" data-testid="account-looking">
      <p className="wizard-address">{email}</p>
      <div role="status">
        <p className="waiting-line">
          <span className="spinner" aria-hidden="true" />
          {t('looking', { domain })}
        </p>
        <p className="field-hint">{t('looking-hint')}</p>
      </div>
      <div className="wizard-foot">
        <ByHand onByHand={onByHand} />
        <Button onClick={onBack} autoFocus>
          {t('back')}
        </Button>
      </div>
    </div>
  );
}
