import { useEffect, useState, type FormEvent } from 'react';
import { Button } from '../parts/button.tsx';
import { Check, Field } from '../parts/field.tsx';
import { Icon, Logo } from '../parts/icon.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { useStore } from '../parts/store.ts';
import { signInTexts } from '../text/sign-in.ts';
import { LANGUAGE_NAMES, languageStore, useText } from '../text/text.ts';
import { profileServer } from './clients.ts';
import { toProblem, type Problem } from './problem.ts';
import { changeServer, pickLanguage, register, signIn } from './session-actions.ts';
import { serverStore, type SignedOutBecause } from './session.ts';

interface ServerOptions {
  registration: 'open' | 'invite' | 'closed';
  setupNeeded: boolean;
}

/** Sign in, or register where the server allows it. */
export function SignIn({ because }: { because: SignedOutBecause }) {
  const t = useText(signInTexts);
  const server = useStore(serverStore);
  const [options, setOptions] = useState<ServerOptions | null>(null);
  const [invitation, setInvitation] = useState(readInvitation);
  const [registering, setRegistering] = useState(invitation !== null);
  useEffect(() => {
    const take = (): void => {
      const found = readInvitation();
      if (found === null) return;
      setInvitation(found);
      setRegistering(true);
      // A code works once and is for one person: it does not stay in the address.
      history.replaceState(null, '', location.pathname);
    };
    take();
    addEventListener('hashchange', take);
    return () => removeEventListener('hashchange', take);
  }, []);
  useEffect(() => {
    if (server.url === '') return;
    profileServer()
      .session.options.query()
      .then(setOptions, () => setOptions(null));
  }, [server.url]);
  useEffect(() => {
    document.title = `${t('sign-in')} · Valija`;
  }, [t]);
  const mayRegister = options !== null && (options.registration !== 'closed' || options.setupNeeded);
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <header className="sign-in-head">
          <Logo size={44} />
          <h1>Valija</h1>
          <p>{t('tagline')}</p>
        </header>
        {because === null ? null : (
          <p className="sign-in-notice" role="status">
            <Icon name={because === 'asked' ? 'check' : 'info'} />
            {t(`because-${because}`)}
          </p>
        )}
        <SignInForm
          key={invitation}
          registering={registering && (options === null || mayRegister)}
          setupNeeded={options?.setupNeeded === true}
          inviteNeeded={options === null ? invitation !== null : options.registration === 'invite'}
          invitation={invitation ?? ''}
        />
        {mayRegister ? (
          <p className="sign-in-switch">
            {registering ? t('have-account') : t('no-account')}{' '}
            <button type="button" className="link-button" onClick={() => setRegistering(!registering)}>
              {registering ? t('sign-in') : t('register')}
            </button>
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

function SignInForm({
  registering,
  setupNeeded,
  inviteNeeded,
  invitation,
}: {
  registering: boolean;
  setupNeeded: boolean;
  inviteNeeded: boolean;
  /** The code that came with the address; empty when none did. */
  invitation: string;
}) {
  const t = useText(signInTexts);
  const server = useStore(serverStore);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [remember, setRemember] = useState(false);
  const [setupCode, setSetupCode] = useState('');
  const [invite, setInvite] = useState(invitation);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const credentials = { name: name.trim(), password, remember };
      if (registering) await register(credentials, { setupCode: setupCode.trim(), invite: invite.trim() });
      else await signIn(credentials);
    } catch (error) {
      setProblem(toProblem(error));
      setBusy(false);
    }
  };
  return (
    <form className="sign-in-form" onSubmit={(event) => void submit(event)} aria-busy={busy}>
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
        onChange={(event) => setName(event.target.value)}
        data-testid="login-user"
      />
      <Field
        label={t('password')}
        name="password"
        type={shown ? 'text' : 'password'}
        autoComplete={registering ? 'new-password' : 'current-password'}
        required
        minLength={registering ? 8 : undefined}
        hint={registering ? t('password-hint') : undefined}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        data-testid="login-password"
        after={
          <button
            type="button"
            className="field-button"
            aria-pressed={shown}
            aria-label={t('show-password')}
            title={t('show-password')}
            onClick={() => setShown(!shown)}
          >
            <Icon name="eye" />
          </button>
        }
      />
      {registering && setupNeeded ? (
        <Field
          label={t('setup-code')}
          autoComplete="off"
          spellCheck={false}
          hint={t('setup-code-hint')}
          value={setupCode}
          onChange={(event) => setSetupCode(event.target.value)}
        />
      ) : null}
      {registering && inviteNeeded ? (
        <Field
          label={t('invite')}
          name="invite"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required={setupCode.trim() === ''}
          hint={t('invite-hint')}
          value={invite}
          onChange={(event) => setInvite(event.target.value)}
          data-testid="register-invite"
        />
      ) : null}
      {server.lab || !server.canRemember ? null : (
        <Check label={t('remember')} hint={t('remember-hint')} checked={remember} onPick={setRemember} />
      )}
      <ProblemBox problem={problem} />
      <Button look="main" type="submit" disabled={busy} data-testid="login-submit">
        {registering ? t('register') : t('sign-in')}
      </Button>
    </form>
  );
}
