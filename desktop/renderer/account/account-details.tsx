import { useEffect, useRef, useState } from 'react';
import type { Account, AccountTest } from '../../../common/shapes/account.ts';
import type { RetentionPreview } from '../../../common/shapes/retention.ts';
import { Button } from '../parts/button.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { storageServer } from '../session/clients.ts';
import { toProblem, type Problem } from '../session/problem.ts';
import { accountTexts } from '../text/account.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { AccountFields } from './form/account-fields.tsx';
import { findGap, readForm, type AccountForm } from './form/account-form.ts';
import { RetentionDialog } from './retention-dialog.tsx';
import { addAccount, editAccount, isGood, needsTest, testAccount } from './form/save-account.ts';
import { isLocked, Unlock } from './form/signed-in-only.tsx';
import { TestResult } from './test-result.tsx';

/** All settings of an account, new or saved: tested where that makes sense, then saved. */
export function AccountDetails({
  account,
  start,
  onBack,
  onDone,
}: {
  account: Account | null;
  start: AccountForm;
  onBack: () => void;
  onDone: () => void;
}) {
  const t = useText(accountTexts);
  const shell = useText(shellTexts);
  const [form, setForm] = useState(start);
  const [busy, setBusy] = useState<'test' | 'save' | null>(null);
  const [result, setResult] = useState<AccountTest | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [gap, setGap] = useState<keyof AccountForm | null>(null);
  const [going, setGoing] = useState<RetentionPreview | null>(null);
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result !== null || problem !== null) outcome.current?.scrollIntoView({ block: 'center' });
  }, [result, problem]);
  const change = readForm(form, account);

  const save = async (confirmation: string | null): Promise<void> => {
    setGoing(null);
    setBusy('save');
    if (account === null) await addAccount(change.settings, change.secrets);
    else await editAccount(account, { ...change, confirmation });
    onDone();
  };
  /** What the new contract would delete at the provider is shown before it holds. */
  const saveOrAsk = async (): Promise<void> => {
    const { keep } = change.settings;
    if (account === null || keep === account.keep || keep === 'always') return await save(null);
    setBusy('save');
    const preview = await storageServer().retention.preview.mutate({ account: account.id, keep });
    if (preview.count === 0) await save(preview.confirmation);
    else setGoing(preview);
  };
  const test = async (): Promise<boolean> => {
    setBusy('test');
    setResult(null);
    const found = await testAccount(change.settings, change.secrets, account);
    setResult(found);
    return isGood(found);
  };
  const run = (work: () => Promise<void>): void => {
    setProblem(null);
    work()
      .catch((error: unknown) => setProblem(toProblem(error)))
      .finally(() => setBusy(null));
  };
  const submit = (): void => {
    const missing = findGap(form, account === null);
    setGap(missing);
    if (missing !== null) return;
    run(async () => {
      if (!needsTest(change, account) || (await test())) await saveOrAsk();
    });
  };
  return (
    <form
      className="wizard"
      noValidate
      aria-busy={busy !== null}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <AccountFields form={form} account={account} gap={gap} onForm={setForm} />
      <div ref={outcome} aria-live="polite">
        {busy === 'test' ? <p className="wizard-busy">{t('testing')}</p> : null}
        {result === null ? null : <TestResult result={result} />}
        {isLocked(problem) ? <Unlock onDone={() => run(saveOrAsk)} /> : <ProblemBox problem={problem} />}
      </div>
      <div className="wizard-foot">
        <Button onClick={onBack}>{account === null ? t('back') : shell('cancel')}</Button>
        <Button
          disabled={busy !== null}
          data-testid="account-test"
          onClick={() => {
            const missing = findGap(form, account === null);
            setGap(missing);
            if (missing === null) run(async () => void (await test()));
          }}
        >
          {t('test')}
        </Button>
        {result === null || isGood(result) ? null : (
          <Button onClick={() => run(saveOrAsk)} disabled={busy !== null}>
            {t('save-anyway')}
          </Button>
        )}
        <Button look="main" type="submit" disabled={busy !== null} data-testid="account-save">
          {needsTest(change, account) ? t('test-and-save') : t('save')}
        </Button>
      </div>
      {going === null || account === null ? null : (
        <RetentionDialog
          preview={going}
          host={account.pop3.host}
          onNo={() => setGoing(null)}
          onYes={() => run(async () => await save(going.confirmation))}
        />
      )}
    </form>
  );
}
