import { useRef, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { Check } from '../parts/field.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { ProblemBox } from '../parts/states.tsx';
import { readAgain } from '../profile/save-item.ts';
import { profileServer } from '../session/clients.ts';
import { useRun } from '../session/use-run.ts';
import { tell } from '../shell/notices.ts';
import { transferTexts } from '../text/transfer.ts';
import { say, useText } from '../text/text.ts';
import { readProfileFile, sendProfile, type ImportedProfile } from './profile-transfer.ts';
import { offerFile, today } from '../parts/offer-file.ts';

/** The profile as a file, with or without the accounts' passwords, and such a file in. */
export function ProfileFiles() {
  const t = useText(transferTexts);
  const input = useRef<HTMLInputElement>(null);
  const [secret, setSecret] = useState(false);
  const [password, setPassword] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [sealed, setSealed] = useState<string | null>(null);
  const [opening, setOpening] = useState('');
  const [done, setDone] = useState<ImportedProfile | null>(null);
  const { busy, problem, run } = useRun();
  const exportIt = async (): Promise<void> => {
    if (secret) {
      const { file } = await profileServer().profile.exportSecrets.mutate({ password, passphrase });
      const bytes = Uint8Array.from(atob(file), (char) => char.charCodeAt(0));
      offerFile(`valija-profile-${today()}.valija`, new Blob([bytes]));
      setPassword('');
      setPassphrase('');
    } else {
      const file = await profileServer().profile.export.query();
      const type = 'application/json';
      offerFile(`valija-profile-${today()}.json`, new Blob([JSON.stringify(file, null, 1)], { type }));
    }
    tell({ kind: 'done', text: say(transferTexts, 'profile-exported'), action: null, lasts: 5000 });
  };
  const take = async (given: Parameters<typeof sendProfile>[0]): Promise<void> => {
    const result = await sendProfile(given);
    setSealed(null);
    setOpening('');
    setDone(result);
    await readAgain();
  };
  const open = async (file: File): Promise<void> => {
    const source = await readProfileFile(file);
    setDone(null);
    if ('sealed' in source) setSealed(source.sealed);
    else await take(source);
  };
  return (
    <section className="group" aria-label={t('profile')}>
      <h2>{t('profile')}</h2>
      <p className="card-note">{t('profile-lead')}</p>
      <Check
        label={t('with-passwords')}
        hint={t('with-passwords-hint')}
        checked={secret}
        onPick={setSecret}
      />
      {secret ? (
        <>
          <PasswordField
            label={t('own-password')}
            value={password}
            autoComplete="current-password"
            onChange={(event) => setPassword(event.target.value)}
          />
          <PasswordField
            label={t('passphrase')}
            hint={t('passphrase-hint')}
            value={passphrase}
            autoComplete="new-password"
            onChange={(event) => setPassphrase(event.target.value)}
          />
        </>
      ) : null}
      <div className="card-actions">
        <Button
          icon="download"
          disabled={busy || (secret && (password === '' || passphrase.length < 8))}
          data-testid="profile-export"
          onClick={() => void run(exportIt)}
        >
          {t('export-profile')}
        </Button>
        <Button icon="file" disabled={busy} onClick={() => input.current?.click()}>
          {t('import-profile')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".json,.valija,application/json"
          data-testid="profile-file"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void run(async () => await open(file));
          }}
        />
      </div>
      {sealed === null ? null : (
        <form
          className="plain-fields"
          onSubmit={(event) => {
            event.preventDefault();
            void run(async () => await take({ file: sealed, passphrase: opening }));
          }}
        >
          <PasswordField
            label={t('sealed')}
            value={opening}
            autoComplete="off"
            onChange={(event) => setOpening(event.target.value)}
          />
          <Button look="main" type="submit" disabled={busy || opening === ''}>
            {t('open-file')}
          </Button>
        </form>
      )}
      {done === null ? null : (
        <p className="note" role="status" data-testid="profile-imported">
          {t('profile-imported', { n: done.added, changed: done.changed, there: done.there })}
          {done.skipped.length > 0 ? ` ${t('profile-skipped', { n: done.skipped.length })}` : ''}
        </p>
      )}
      <ProblemBox problem={problem} />
    </section>
  );
}
