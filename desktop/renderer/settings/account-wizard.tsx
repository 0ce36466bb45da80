import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Account, AccountTest } from '../../../common/shapes/account.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { guessSettings } from '../data/providers.ts';
import { checkNow, readAccountStates } from '../mail/check.ts';
import { profileStore } from '../profile/profile-store.ts';
import { readProfile } from '../profile/profile-sync.ts';
import { profileServer, storageServer } from '../session/clients.ts';
import { toProblem, type Problem } from '../session/problem.ts';
import { accountTexts } from '../text/account.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { AccountFields } from './account-fields.tsx';
import { emptyForm, fillFromAddress, findGap, formOf, readForm, type AccountForm } from './account-form.ts';
import { TestResult } from './test-result.tsx';

/** Address, then password and settings with a guess filled in, then a test with plain answers, then saved. */
export function AccountWizard({
  account,
  onDone,
  onCancel,
}: {
  account: Account | null;
  onDone: () => void;
  onCancel: (() => void) | null;
}) {
  const [form, setForm] = useState<AccountForm>(account === null ? emptyForm() : formOf(account));
  const [step, setStep] = useState<'address' | 'details'>(account === null ? 'address' : 'details');
  return step === 'address' ? (
    <AddressStep
      form={form}
      onCancel={onCancel}
      onNext={(email) => {
        setForm(fillFromAddress({ ...form, email }));
        setStep('details');
      }}
    />
  ) : (
    <DetailsStep
      account={account}
      form={form}
      onForm={setForm}
      onBack={account === null ? () => setStep('address') : onCancel}
      onDone={onDone}
    />
  );
}

function AddressStep({
  form,
  onNext,
  onCancel,
}: {
  form: AccountForm;
  onNext: (email: string) => void;
  onCancel: (() => void) | null;
}) {
  const t = useText(accountTexts);
  const shell = useText(shellTexts);
  const [email, setEmail] = useState(form.email);
  const [bad, setBad] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const right = /^[^\s@]+@[^\s@]+$/.test(email.trim());
    setBad(!right);
    if (right) onNext(email.trim());
  };
  return (
    <form className="wizard" onSubmit={submit} noValidate>
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
        onChange={(event) => setEmail(event.target.value)}
      />
      <div className="wizard-foot">
        {onCancel === null ? null : <Button onClick={onCancel}>{shell('cancel')}</Button>}
        <Button look="main" type="submit" data-testid="account-next">
          {t('next')}
        </Button>
      </div>
    </form>
  );
}

function DetailsStep({
  account,
  form,
  onForm,
  onBack,
  onDone,
}: {
  account: Account | null;
  form: AccountForm;
  onForm: (form: AccountForm) => void;
  onBack: (() => void) | null;
  onDone: () => void;
}) {
  const t = useText(accountTexts);
  const shell = useText(shellTexts);
  const [busy, setBusy] = useState<'test' | 'save' | null>(null);
  const [result, setResult] = useState<AccountTest | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [gap, setGap] = useState<keyof AccountForm | null>(null);
  const guess = guessSettings(form.email);
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result !== null || problem !== null) outcome.current?.scrollIntoView({ block: 'center' });
  }, [result, problem]);
  const run = async (untested: boolean): Promise<void> => {
    const missing = findGap(form, account === null);
    setGap(missing);
    setProblem(null);
    if (missing !== null) return;
    try {
      if (!untested && needsTest(form, account)) {
        setBusy('test');
        setResult(null);
        const { settings, secrets } = readForm(form, account);
        const found = await storageServer().account.test.mutate(completeTest(settings, secrets, account));
        setResult(found);
        if (!found.pop3.ok || found.smtp?.ok === false) return;
      }
      setBusy('save');
      const saved = await saveAccount(form, account);
      await Promise.all([readProfile(), readAccountStates()]);
      onDone();
      if (account === null) void checkNow(saved.id);
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(null);
    }
  };
  const failed = result !== null && (!result.pop3.ok || result.smtp?.ok === false);
  return (
    <form
      className="wizard"
      noValidate
      aria-busy={busy !== null}
      onSubmit={(event) => {
        event.preventDefault();
        void run(false);
      }}
    >
      {guess.note === null || account !== null ? null : (
        <p className="note">
          <Icon name="info" size={17} />
          <span>{t(`note-${guess.note}`)}</span>
        </p>
      )}
      <AccountFields form={form} account={account} gap={gap} onForm={onForm} />
      <div ref={outcome} aria-live="polite">
        {busy === 'test' ? <p className="wizard-busy">{t('testing')}</p> : null}
        {result === null ? null : <TestResult result={result} />}
        <ProblemBox problem={problem} />
      </div>
      <div className="wizard-foot">
        {onBack === null ? null : (
          <Button onClick={onBack}>{account === null ? t('back') : shell('cancel')}</Button>
        )}
        {failed ? (
          <Button onClick={() => void run(true)} disabled={busy !== null}>
            {t('save-anyway')}
          </Button>
        ) : null}
        <Button look="main" type="submit" disabled={busy !== null} data-testid="account-save">
          {needsTest(form, account) ? t('test-and-save') : t('save')}
        </Button>
      </div>
    </form>
  );
}

/** Only a change of server, login or password has to be tried again. */
function needsTest(form: AccountForm, account: Account | null): boolean {
  if (account === null || form.password !== '' || form.smtpPassword !== '') return true;
  const { settings } = readForm(form, account);
  const pick = (one: Pick<Account, 'pop3' | 'send'>): string => JSON.stringify([one.pop3, one.send]);
  return pick(settings) !== pick({ pop3: account.pop3, send: account.send });
}

/** A test of unsaved settings needs the password again; with none typed, the saved account is tested. */
function completeTest(
  settings: ReturnType<typeof readForm>['settings'],
  secrets: ReturnType<typeof readForm>['secrets'],
  account: Account | null,
) {
  return account !== null && secrets.pop3Password === undefined
    ? { account: account.id }
    : { settings, secrets };
}

async function saveAccount(form: AccountForm, account: Account | null): Promise<Account> {
  const { settings, secrets } = readForm(form, account);
  if (account === null) return await profileServer().account.add.mutate({ settings, secrets });
  const base = profileStore.get().revisions.get(`accounts/${account.id}`) ?? null;
  return await profileServer().account.edit.mutate({ id: account.id, base, settings, secrets });
}
