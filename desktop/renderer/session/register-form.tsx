import { useState, type FormEvent } from 'react';
import type { SessionOptions } from '../../../common/shapes/session.ts';
import { Button } from '../parts/button.tsx';
import { Check, Field } from '../parts/field.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { useStore } from '../parts/store.ts';
import { registerTexts } from '../text/register.ts';
import { signInTexts } from '../text/sign-in.ts';
import { languageStore, useText } from '../text/text.ts';
import { profileServer } from './clients.ts';
import { toProblem, type Problem } from './problem.ts';
import { describeClient, goOn } from './session-actions.ts';
import { serverStore } from './session.ts';
import { NewPassword } from './steps/new-password.tsx';

/** Makes a user; `invitation` is the code that came with the address, null when none did. */
export function RegisterForm({
  options,
  invitation,
}: {
  options: SessionOptions | null;
  invitation: string | null;
}) {
  const t = useText(signInTexts);
  const words = useText(registerTexts);
  const server = useStore(serverStore);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(false);
  const [setupCode, setSetupCode] = useState('');
  const [invite, setInvite] = useState(invitation ?? '');
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const least = options?.passwordLeast ?? 8;
  // Where registration is closed too: users whom an admin has prepared come in by their codes.
  const inviteNeeded = options === null ? invitation !== null : options.registration !== 'open';
  const inviteAsked = inviteNeeded || invitation !== null || options?.setupNeeded === false;
  // In our own words: the browser's speak its language, not the one that was chosen here.
  const gaps = {
    name: name.trim() === '',
    password: Array.from(password).length < least,
    invite: inviteNeeded && setupCode.trim() === '' && invite.trim() === '',
  };
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setTried(true);
    if (Object.values(gaps).some(Boolean)) {
      const form = event.currentTarget;
      // The gaps are marked when the screen is drawn again.
      setTimeout(() => form.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      // A code that nobody typed is not sent.
      const codes = { setupCode: setupCode.trim(), invite: invite.trim() };
      const given = Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== ''));
      const lab = options?.lab === 'forced';
      const keep = { ...describeClient(lab), remember, language: languageStore.get() };
      const input = { name: name.trim(), password, ...keep, ...given };
      await goOn(await profileServer().session.register.mutate(input), input);
    } catch (error) {
      setProblem(toProblem(error));
      setBusy(false);
    }
  };
  return (
    <form className="sign-in-form" noValidate onSubmit={(event) => void submit(event)} aria-busy={busy}>
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
      <NewPassword
        label={t('password')}
        least={least}
        tried={tried}
        value={password}
        onText={setPassword}
        testId="login-password"
      />
      {options?.setupNeeded === true ? (
        <Field
          label={words('setup-code')}
          autoComplete="off"
          spellCheck={false}
          hint={words('setup-code-hint')}
          value={setupCode}
          onChange={(event) => setSetupCode(event.target.value)}
        />
      ) : null}
      {inviteAsked ? (
        <Field
          label={words('invite')}
          name="invite"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required={inviteNeeded && setupCode.trim() === ''}
          hint={words(inviteNeeded ? 'invite-hint' : 'invite-optional')}
          value={invite}
          problem={tried && gaps.invite ? t('fill-in') : null}
          onChange={(event) => setInvite(event.target.value)}
          data-testid="register-invite"
        />
      ) : null}
      {server.lab ||
      !server.canRemember ||
      options?.remember === false ||
      options?.lab === 'forced' ? null : (
        <Check label={t('remember')} hint={t('remember-hint')} checked={remember} onPick={setRemember} />
      )}
      <ProblemBox problem={problem} />
      <Button look="main" type="submit" disabled={busy} data-testid="login-submit">
        {t('register')}
      </Button>
    </form>
  );
}
