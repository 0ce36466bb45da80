import { lazy, Suspense, useEffect, useState, type FormEvent } from 'react';
import type { SessionOptions } from '../../../common/shapes/session.ts';
import { Button } from '../parts/button.tsx';
import { Check, Field } from '../parts/field.tsx';
import { Icon, Logo } from '../parts/icon.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { useStore } from '../parts/store.ts';
import { signInTexts } from '../text/sign-in.ts';
import { LANGUAGE_NAMES, languageStore, useText } from '../text/text.ts';
import { profileServer } from './clients.ts';
import { toProblem, type Problem } from './problem.ts';
import { changeServer, guardFieldsSoon, pickLanguage, signIn } from './session-actions.ts';
import { serverStore, unfinishedStore, type SignedOutBecause } from './session.ts';

const Register = lazy(async () => ({ default: (await import('./register-form.tsx')).RegisterForm }));
const Step = lazy(async () => ({ default: (await import('./steps/step.tsx')).Step }));
const Ways = lazy(async () => ({ default: (await import('./ways/ways.tsx')).Ways }));
const Redeem = lazy(async () => ({ default: (await import('./steps/redeem.tsx')).Redeem }));

/** Sign in with all that is asked on the way, or register where the server allows it. */
export function SignIn({ because }: { because: SignedOutBecause }) {
  const t = useText(signInTexts);
  const server = useStore(serverStore);
  const unfinished = useStore(unfinishedStore);
  const [options, setOptions] = useState<SessionOptions | null>(null);
  const [invitation, setInvitation] = useState(readInvitation);
  const [page, setPage] = useState<'sign-in' | 'register' | 'redeem'>(
    invitation === null ? 'sign-in' : 'register',
  );
  useEffect(() => {
    const take = (): void => {
      const found = readInvitation();
      if (found === null) return;
      setInvitation(found);
      setPage('register');
      // A code works once and is for one person: it does not stay in the address.
      history.replaceState(null, '', location.pathname + location.search);
    };
    take();
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  useEffect(() => (server.url === '' ? undefined : askForOptions(setOptions)), [server.url]);
  useEffect(() => {
    document.title = `${t('sign-in')} · Valija`;
  }, [t]);
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <header className="sign-in-head">
          <Logo size={44} />
          <h1>Valija</h1>
          <p>{t('tagline')}</p>
        </header>
        {because === null || unfinished !== null ? null : (
          <p className="sign-in-notice" role="status">
            <Icon name={because === 'asked' ? 'check' : 'info'} />
            {t(`because-${because}`)}
          </p>
        )}
        <Suspense fallback={<div className="sign-in-form" aria-busy />}>
          {unfinished !== null ? (
            <Step key={unfinished.step.ticket} {...unfinished} />
          ) : page === 'register' ? (
            <Register key={invitation} options={options} invitation={invitation} />
          ) : page === 'redeem' ? (
            <Redeem options={options} />
          ) : (
            <SignInForm options={options} because={because} />
          )}
        </Suspense>
        {unfinished === null ? (
          <p className="sign-in-switch">
            {page !== 'sign-in' ? (
              <SwitchTo label={t('have-account')} name={t('sign-in')} onClick={() => setPage('sign-in')} />
            ) : null}
            {page !== 'register' && options !== null ? (
              <SwitchTo label={t('no-account')} name={t('register')} onClick={() => setPage('register')} />
            ) : null}
            {page === 'redeem' ? null : (
              <SwitchTo label={t('has-code')} name={t('redeem')} onClick={() => setPage('redeem')} />
            )}
          </p>
        ) : null}
      </div>
      <footer className="sign-in-foot">
        <span className="sign-in-server">
          <Icon name={server.url.startsWith('https:') ? 'lock' : 'screen'} size={15} />
          {server.url.replace(/^https?:\/\//, '')}
        </span>
        <LanguagePicker />
      </footer>
    </main>
  );
}

const LONGEST_PAUSE = 15_000;

/** Asks until the server says what it offers: without that neither registering nor its other ways in are shown. Returns how to stop. */
function askForOptions(take: (options: SessionOptions | null) => void): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (pause: number): Promise<void> => {
    const options = await profileServer()
      .session.options.query()
      .catch(() => null);
    if (stopped) return;
    take(options);
    if (options === null) timer = setTimeout(() => void ask(Math.min(LONGEST_PAUSE, pause * 2)), pause);
  };
  void ask(1000);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

function SwitchTo({ label, name, onClick }: { label: string; name: string; onClick: () => void }) {
  return (
    <span>
      {label}{' '}
      <button type="button" className="link-button" onClick={onClick}>
        {name}
      </button>
    </span>
  );
}

/** The code of an invitation's address, `#/register?invite=CODE`; null when it is another address. */
function readInvitation(): string | null {
  const [path, query] = location.hash.split('?');
  return path === '#/register' ? (new URLSearchParams(query).get('invite') ?? '') : null;
}

function LanguagePicker() {
  const language = useStore(languageStore);
  return (
    <div className="language-picker">
      <Icon name="globe" size={15} />
      {LANGUAGE_NAMES.map(([one, name]) => (
        <button
          key={one}
          type="button"
          lang={one}
          className="link-button"
          aria-pressed={one === language}
          onClick={() => pickLanguage(one)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function SignInForm({ options, because }: { options: SessionOptions | null; because: SignedOutBecause }) {
  const t = useText(signInTexts);
  const server = useStore(serverStore);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(false);
  const [isPublic, setPublic] = useState(false);
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const forced = server.lab || options?.lab === 'forced';
  const lab = forced || isPublic;
  useEffect(() => {
    if (lab) guardFieldsSoon();
  }, [lab]);
  const mayRemember = !lab && server.canRemember && options?.remember !== false;
  const keep = { remember: remember && mayRemember, lab };
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setTried(true);
    if (name.trim() === '' || password === '') {
      const form = event.currentTarget;
      // The gaps are marked when the screen is drawn again.
      setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await signIn({ name: name.trim(), password, ...keep });
    } catch (error) {
      setProblem(toProblem(error));
    }
    setBusy(false);
  };
  return (
    <>
      <form className="sign-in-form" noValidate onSubmit={(event) => void submit(event)} aria-busy={busy}>
        {server.locked ? null : (
          <Field
            label={t('server')}
            type="url"
            placeholder="https://"
            required
            defaultValue={server.url}
            onBlur={(event) => void changeServer(event.target.value)}
          />
        )}
        <Field
          label={t('user-name')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          value={name}
          problem={tried && name.trim() === '' ? t('fill-in') : null}
          onChange={(event) => setName(event.target.value)}
          data-testid="login-user"
        />
        <PasswordField
          label={t('password')}
          name="password"
          autoComplete="current-password"
          required
          problem={tried && password === '' ? t('fill-in') : null}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          data-testid="login-password"
        />
        {mayRemember ? (
          <Check label={t('remember')} hint={t('remember-hint')} checked={remember} onPick={setRemember} />
        ) : null}
        {options?.lab === 'offered' && !server.lab ? (
          <Check label={t('public')} hint={t('public-hint')} checked={isPublic} onPick={setPublic} />
        ) : null}
        <ProblemBox problem={problem} />
        <Button look="main" type="submit" disabled={busy} data-testid="login-submit">
          {t('sign-in')}
        </Button>
      </form>
      {options === null ? null : (
        <Suspense>
          <Ways options={options} keep={keep} leaving={because === 'asked'} />
        </Suspense>
      )}
    </>
  );
}
