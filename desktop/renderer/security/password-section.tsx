import { useState, type FormEvent } from 'react';
import { Button } from '../parts/button.tsx';
import { Check } from '../parts/field.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { profileServer } from '../session/clients.ts';
import { useRun } from '../session/use-run.ts';
import { NewPassword } from '../session/steps/new-password.tsx';
import { tell } from '../shell/notices.ts';
import { securityTexts } from '../text/security.ts';
import { say, useText } from '../text/text.ts';
import { reloadFactors } from './factor/factors.ts';
import { Section } from './section.tsx';

/** Another password for who has one here; else who keeps it. */
export function PasswordSection({
  source,
  least,
}: {
  source: 'local' | 'oidc' | 'ldap';
  /** Characters. */
  least: number;
}) {
  const t = useText(securityTexts);
  const [open, setOpen] = useState(false);
  return (
    <Section title={t('password')} testId="security-password">
      {source === 'local' ? null : <p className="settings-lead">{t(`password-${source}`)}</p>}
      {source === 'local' && !open ? (
        <Button icon="key" data-testid="password-open" onClick={() => setOpen(true)}>
          {t('change-password')}
        </Button>
      ) : null}
      {open ? <ChangeForm least={least} onDone={() => setOpen(false)} /> : null}
    </Section>
  );
}

function ChangeForm({ least, onDone }: { least: number; onDone: () => void }) {
  const t = useText(securityTexts);
  const [old, setOld] = useState('');
  const [chosen, setChosen] = useState('');
  const [endOthers, setEndOthers] = useState(true);
  const [endApps, setEndApps] = useState(false);
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useRun();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (old === '' || Array.from(chosen).length < least) return;
    void run(async () => {
      const input = { old, new: chosen, endOthers, endApps };
      const { ended } = await profileServer().session.changePassword.mutate(input);
      const text = say(securityTexts, 'password-changed', { n: ended });
      tell({ kind: 'done', text, action: null, lasts: 6000 });
      reloadFactors();
      onDone();
    });
  };
  return (
    <form className="panel security-form" noValidate onSubmit={submit}>
      <PasswordField
        label={t('old-password')}
        autoComplete="current-password"
        autoFocus
        value={old}
        problem={tried && old === '' ? t('fill-in') : null}
        onChange={(event) => setOld(event.target.value)}
        data-testid="password-old"
      />
      <NewPassword
        label={t('new-password')}
        least={least}
        tried={tried}
        value={chosen}
        onText={setChosen}
        testId="password-new"
      />
      <Check label={t('end-others')} checked={endOthers} onPick={setEndOthers} />
      <Check label={t('end-apps')} hint={t('end-apps-hint')} checked={endApps} onPick={setEndApps} />
      <ProblemBox problem={problem} />
      <div className="card-actions">
        <Button look="main" type="submit" disabled={busy} data-testid="password-save">
          {t('change-password')}
        </Button>
        <Button onClick={onDone}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
