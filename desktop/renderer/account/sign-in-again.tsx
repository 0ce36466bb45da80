import { useState, type FormEvent } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Account, AccountTest } from '../../../common/shapes/account.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { ProblemBox, Skeleton } from '../parts/states.tsx';
import { checkNow, readAccountStates } from '../mail/check.ts';
import { useProfile } from '../profile/profile-store.ts';
import { profileServer } from '../session/clients.ts';
import { toProblem, type Problem } from '../session/problem.ts';
import { useDescribe } from '../shell/explain.ts';
import { tell } from '../shell/notices.ts';
import { accountTexts } from '../text/account.ts';
import { shellTexts } from '../text/shell.ts';
import { say, useText } from '../text/text.ts';
import { wizardTexts } from '../text/wizard.ts';
import { shortName } from './add/find-settings.ts';
import { ProviderSignIn } from './add/provider-sign-in.tsx';
import { editAccount, settingsOf, testAccount } from './form/save-account.ts';
import { isLocked, Unlock } from './form/signed-in-only.tsx';
import { TestResult } from './test-result.tsx';

/** Why a password is asked for that no mail server has refused: from an organisation's account, after a reset. */
const UNASKED = new Set(['layer-password', 'layer-moved', 'emptied-by-reset', 'no-password']);

/** The one thing to do for an account that needs sign-in: its provider's page, or its password right here. */
export function SignInAgain({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText(wizardTexts);
  const shell = useText(shellTexts);
  const account = useProfile().accounts.find((one) => one.id === id);
  if (account === undefined) return null;
  const done = (): void => {
    onClose();
    tell({
      kind: 'done',
      text: say(wizardTexts, 'again-done', { account: account.email }),
      action: null,
      lasts: 5000,
    });
    void checkNow(account.id);
  };
  return (
    <Dialog
      title={t('again-title', { account: account.email })}
      closeLabel={shell('close')}
      onClose={onClose}
    >
      {isLocked(account.error) ? (
        <Unlock onDone={done} />
      ) : account.oauth === null ? (
        <PasswordAgain account={account} onDone={done} onClose={onClose} />
      ) : (
        <ProviderAgain account={account} provider={account.oauth} onDone={done} />
      )}
    </Dialog>
  );
}

function PasswordAgain({
  account,
  onDone,
  onClose,
}: {
  account: Account;
  onDone: () => void;
  onClose: () => void;
}) {
  const t = useText(wizardTexts);
  const texts = useText(accountTexts);
  const shell = useText(shellTexts);
  const describe = useDescribe();
  const { error } = account;
  const [password, setPassword] = useState('');
  const [empty, setEmpty] = useState(false);
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<AccountTest | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (): Promise<void> => {
    setEmpty(password === '');
    if (password === '') return;
    setBusy(true);
    setProblem(null);
    setResult(null);
    try {
      const settings = settingsOf(account);
      const forSending = sendsWithSame(account) ? { smtpPassword: password } : {};
      const found = await testAccount(settings, { pop3Password: password, ...forSending }, null);
      setResult(found);
      if (!found.pop3.ok) return;
      // A server for sending that has its own trouble keeps no mail from being fetched.
      const secrets = { pop3Password: password, ...(found.smtp?.ok === true ? forSending : {}) };
      await editAccount(account, { settings, secrets });
      onDone();
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      noValidate
      aria-busy={busy}
      data-testid="sign-in-again"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="dialog-body wizard">
        <p>
          {error !== null && UNASKED.has(error.reason ?? '') ? describe(error).message : t('again-password')}
        </p>
        <PasswordField
          label={texts('password')}
          autoComplete="off"
          autoFocus
          value={password}
          problem={empty ? texts('fill-in') : null}
          hint={texts('password-hint')}
          data-testid="again-password"
          onChange={(event) => setPassword(event.target.value)}
        />
        <div aria-live="polite">
          {busy ? <p className="wizard-busy">{texts('testing')}</p> : null}
          {result === null ? null : <TestResult result={result} />}
          <ProblemBox problem={problem} />
        </div>
      </div>
      <footer className="dialog-foot">
        <Button onClick={onClose}>{shell('cancel')}</Button>
        <Button look="main" type="submit" disabled={busy} data-testid="again-submit">
          {t('sign-in')}
        </Button>
      </footer>
    </form>
  );
}

/** The login for sending is the maildrop's own: then its password is too. */
function sendsWithSame({ send, pop3 }: Account): boolean {
  return send.way === 'smarthost' && send.smtp !== null && send.smtp.user === pop3.user;
}

function ProviderAgain({
  account,
  provider,
  onDone,
}: {
  account: Account;
  provider: string;
  onDone: () => void;
}) {
  const t = useText(wizardTexts);
  const choices = useQuery({
    queryKey: ['oauth-providers'],
    queryFn: async ({ signal }) =>
      (await profileServer().oauth.providers.query(undefined, { signal })).providers,
    staleTime: 0,
  });
  const choice = choices.data?.find(({ id }) => id === provider);
  const name = shortName(choice?.name ?? provider);
  return (
    <div className="dialog-body wizard" data-testid="sign-in-again">
      {choices.isPending ? <Skeleton rows={2} kind="text" /> : <p>{t('again-oauth', { name })}</p>}
      <ProblemBox problem={choices.isError ? toProblem(choices.error) : null} />
      {choices.isPending ? null : (
        <ProviderSignIn
          provider={{ id: provider, name, flows: choice?.flows ?? [] }}
          account={account.id}
          email={account.email}
          onDone={() => void readAccountStates().then(onDone)}
        />
      )}
    </div>
  );
}
