import { useState, type FormEvent } from 'react';
import type { SessionOptions } from '../../../../common/shapes/session.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { ProblemBox } from '../../parts/states.tsx';
import { signInTexts } from '../../text/sign-in.ts';
import { stepTexts } from '../../text/steps.ts';
import { useText } from '../../text/text.ts';
import { profileServer } from '../clients.ts';
import { useRun } from '../use-run.ts';
import { describeClient, goOn } from '../session-actions.ts';
import { NewPassword } from './new-password.tsx';
import { focus } from './focus.ts';

/** Who has lost the password gets in by a code, from the administrator or mailed to the second address, and chooses another. */
export function Redeem({ options }: { options: SessionOptions | null }) {
  const t = useText(stepTexts);
  const words = useText(signInTexts);
  const least = options?.passwordLeast ?? 8;
  const [name, setName] = useState('');
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useRun();
  const gaps = {
    name: name.trim() === '',
    code: code.trim() === '',
    password: Array.from(password).length < least,
  };
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const forgot = async (): Promise<void> => {
    const asked = name.trim();
    if (asked === '') return setTried(true);
    await run(async () => {
      await profileServer().session.forgot.mutate({ name: asked });
      setAskedFor(asked);
    });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(gaps).some(Boolean)) return;
    void run(async () => {
      const input = { name: name.trim(), code: code.trim(), newPassword: password };
      const keep = describeClient(options?.lab === 'forced');
      await goOn(await profileServer().session.redeem.mutate({ ...input, ...keep }), {
        remember: false,
        lab: keep.lab,
      });
    });
  };
  return (
    <form className="sign-in-form" noValidate onSubmit={submit} aria-busy={busy}>
      <h2 tabIndex={-1} ref={focus}>
        {t('redeem-title')}
      </h2>
      <p>{t('redeem-lead')}</p>
      <Field
        label={words('user-name')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={name}
        problem={tried && gaps.name ? t('fill-in') : null}
        onChange={(event) => setName(event.target.value)}
        data-testid="redeem-user"
      />
      <Field
        label={t('reset-code')}
        hint={t('reset-code-hint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={code}
        problem={tried && gaps.code ? t('fill-in') : null}
        onChange={(event) => setCode(event.target.value)}
        data-testid="redeem-code"
      />
      <NewPassword
        label={t('new-password')}
        least={least}
        tried={tried}
        value={password}
        onText={setPassword}
        testId="step-password"
      />
      <ProblemBox problem={problem} />
      <Button look="main" type="submit" disabled={busy} data-testid="step-submit">
        {t('go-on')}
      </Button>
      <section className="sign-in-ways" aria-label={t('forgot')}>
        <p role="status">{askedFor === null ? t('forgot-hint') : t('forgot-done', { name: askedFor })}</p>
        <Button disabled={askedFor === name.trim()} data-testid="forgot" onClick={() => void forgot()}>
          {t('forgot-run')}
        </Button>
      </section>
    </form>
  );
}
