import { useState, type FormEvent } from 'react';
import type { AccountSecrets, AccountTest } from '../../../../common/shapes/account.ts';
import type { DiscoveredSettings } from '../../../../common/shapes/discovery.ts';
import { Button } from '../../parts/button.tsx';
import { Check, Field } from '../../parts/field.tsx';
import { PasswordField } from '../../parts/password-field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { toProblem, type Problem } from '../../session/problem.ts';
import { accountTexts } from '../../text/account.ts';
import { useText } from '../../text/text.ts';
import { wizardTexts } from '../../text/wizard.ts';
import { fillForm, guessForm, readForm } from '../form/account-form.ts';
import type { Typed } from './add-account.tsx';
import { ByHand } from './by-hand.tsx';
import { decideWayIn, shortName, type FoundSettings } from './find-settings.ts';
import { FoundSummary } from './found-summary.tsx';
import { ProviderSignIn } from './provider-sign-in.tsx';
import { addAccount, isGood, testFound } from '../form/save-account.ts';
import { TestResult } from '../test-result.tsx';

/** What was found for an address, what the provider needs, and the way in: a password or its own sign-in. */
export function FoundStep({
  email,
  found,
  onBack,
  onByHand,
  onDone,
}: {
  email: string;
  found: FoundSettings;
  onBack: () => void;
  onByHand: (typed: Typed) => void;
  onDone: () => void;
}) {
  const t = useText(wizardTexts);
  const account = useText(accountTexts);
  const wayIn = decideWayIn(found);
  const { discovery, oauth } = found;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [byPassword, setByPassword] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const [gap, setGap] = useState<'password' | 'agreed' | null>(null);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<AccountTest | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const signsIn = wayIn === 'oauth' && !byPassword && oauth !== null;
  const asksPassword = wayIn === 'password' || (wayIn === 'oauth' && !signsIn);
  const appPassword = discovery.provider?.needs.includes('app-password') === true;
  const best = discovery.found[0];
  const leadsOn = asksPassword || signsIn;
  const byHand = (): void => onByHand({ name, password });

  const read = (one: DiscoveredSettings, secrets: AccountSecrets) => {
    const form = { ...fillForm(guessForm(email, name), one), password };
    const grant = secrets.oauthGrant === undefined ? null : (oauth?.sasl ?? 'xoauth2');
    const auth = { auth: grant ?? 'auto', smtpAuth: grant ?? 'auto' } as const;
    const { settings, secrets: typed } = readForm({ ...form, ...auth }, null);
    return { settings, secrets: { ...(grant === null ? typed : {}), ...secrets } };
  };
  const add = async (secrets: AccountSecrets): Promise<void> => {
    setProblem(null);
    setResult(null);
    setBusy(true);
    try {
      const tried = await testFound(discovery.found, (one) => read(one, secrets));
      setResult(tried?.result ?? null);
      if (tried === null || !isGood(tried.result)) return;
      const { settings, secrets: all } = read(tried.used, secrets);
      await addAccount(settings, all);
      onDone();
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const missing = best?.confirm === true && !agreed ? 'agreed' : password === '' ? 'password' : null;
    setGap(missing);
    if (missing === null && asksPassword) void add({});
  };
  return (
    <form className="wizard" noValidate aria-busy={busy} onSubmit={submit}>
      <p className="wizard-address">{email}</p>
      <FoundSummary email={email} found={found} wayIn={wayIn} byPassword={byPassword} />
      {best?.confirm === true && (asksPassword || signsIn) ? (
        <div className="agree">
          <Check
            label={t('agree', { host: best.pop3.host })}
            hint={t('agree-hint')}
            checked={agreed}
            onPick={setAgreed}
          />
          {gap === 'agreed' ? (
            <p className="field-problem" role="alert">
              {t('agree-first')}
            </p>
          ) : null}
        </div>
      ) : null}
      {asksPassword || signsIn ? (
        <Field
          label={t('your-name')}
          hint={t('your-name-hint')}
          value={name}
          autoComplete="name"
          data-testid="account-name"
          onChange={(event) => setName(event.target.value)}
        />
      ) : null}
      {asksPassword ? (
        <PasswordField
          label={t(appPassword ? 'app-password' : 'password')}
          hint={t('password-hint')}
          autoComplete="off"
          autoFocus
          value={password}
          problem={gap === 'password' ? account('fill-in') : null}
          data-testid="account-password"
          onChange={(event) => setPassword(event.target.value)}
        />
      ) : null}
      {signsIn && (best?.confirm !== true || agreed) ? (
        <ProviderSignIn
          provider={{ ...oauth, name: shortName(oauth.name) }}
          account={null}
          email={email}
          onDone={(grant) => void add({ oauthGrant: grant })}
        />
      ) : null}
      {wayIn === 'oauth' && (appPassword || byPassword) ? (
        <button type="button" className="link-button" onClick={() => setByPassword(!byPassword)}>
          {byPassword ? t('use-sign-in', { name: shortName(oauth?.name ?? '') }) : t('use-password')}
        </button>
      ) : null}
      <div aria-live="polite">
        {busy ? <p className="wizard-busy">{t('adding')}</p> : null}
        {result === null ? null : <TestResult result={result} />}
        <ProblemBox problem={problem} />
      </div>
      <div className="wizard-foot">
        {leadsOn ? <ByHand onByHand={byHand} /> : null}
        <div className="wizard-buttons">
          <Button onClick={onBack}>{t('other')}</Button>
          {leadsOn ? null : (
            // Nothing was found to go on with: this is the way then.
            <Button look="main" autoFocus data-testid="account-by-hand" onClick={byHand}>
              {t('by-hand')}
            </Button>
          )}
          {asksPassword ? (
            <Button look="main" type="submit" disabled={busy} data-testid="account-save">
              {t('add-it')}
            </Button>
          ) : null}
        </div>
      </div>
    </form>
  );
}
