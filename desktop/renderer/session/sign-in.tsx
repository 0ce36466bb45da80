import { useEffect, useState, type FormEvent } from 'react';
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
  const [remember, setRemember] = useState(false);
  const [setupCode, setSetupCode] = useState('');
  const [invite, setInvite] = useState(invitation);
  const [triedAs, setTriedAs] = useState<boolean | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const tried = triedAs === registering;
  const tooShort = registering && password.length < 8;
  // In our own words: the browser's speak its language, not the one that was chosen here.
  const gaps = {
    name: name.trim() === '',
    password: password === '' || tooShort,
    invite: registering && inviteNeeded && setupCode.trim() === '' && invite.trim() === '',
  };
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setTriedAs(registering);
    if (Object.values(gaps).some(Boolean)) {
      const form = event.currentTarget;
      // The gaps are marked when the screen is drawn again.
      setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
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
        problem={tried && gaps.name ? t('fill-in') : null}
        onChange={(event) => setName(event.target.value)}
        data-testid="login-user"
      />
      <PasswordField
        label={t('password')}
        name="password"
        autoComplete={registering ? 'new-password' : 'current-password'}
        required
        hint={registering && !(tried && gaps.password) ? t('password-hint') : undefined}
        problem={tried && gaps.password ? t(registering ? 'password-hint' : 'fill-in') : null}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        data-testid="login-password"
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
          problem={tried && gaps.invite ? t('fill-in') : null}
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
