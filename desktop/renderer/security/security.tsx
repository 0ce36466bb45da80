import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Failure, Skeleton } from '../parts/states.tsx';
import { profileServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { RecoveryCodes } from '../session/steps/recovery-codes.tsx';
import { securityTexts } from '../text/security.ts';
import { useText } from '../text/text.ts';
import { AddressSection } from './address-section.tsx';
import { AdminPowers } from './admin-powers.tsx';
import { AppSection } from './factor/app-section.tsx';
import { useFactors } from './factor/factors.ts';
import { LinksSection, useLinks } from './links-section.tsx';
import { NotesSection } from './notes-section.tsx';
import { PasskeysSection } from './factor/passkeys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { RecoverySection } from './factor/recovery-section.tsx';
import { Sessions } from './sessions.tsx';
import { bringUp } from './bring-up.ts';

/** Who gets in as this user, and how. */
export function Security() {
  const t = useText(securityTexts);
  const factors = useFactors();
  const links = useLinks();
  const options = useQuery({
    queryKey: ['session-options'],
    queryFn: async ({ signal }) => await profileServer().session.options.query(undefined, { signal }),
  });
  const [codes, setCodes] = useState<string[] | null>(null);
  const source = links.data?.source ?? 'local';
  const failed = [factors, links, options].find(({ isError }) => isError);
  const ready = factors.data !== undefined && links.data !== undefined && options.data !== undefined;
  const protectedTwice =
    factors.data !== undefined &&
    (factors.data.required || factors.data.totp !== null || factors.data.passkeys.length > 0);
  const least = protectedTwice ? options.data?.passwordLeastWithFactor : options.data?.passwordLeast;
  const more = { hasPassword: source !== 'oidc', onRecovery: setCodes };
  return (
    <div className="settings-page" data-testid="security">
      <header className="settings-head">
        <h1>{t('title')}</h1>
      </header>
      {!ready && failed === undefined ? <Skeleton rows={6} kind="rows" /> : null}
      {failed === undefined ? null : (
        <Failure problem={toProblem(failed.error)} onRetry={() => void failed.refetch()} />
      )}
      {codes === null ? null : (
        <section className="panel" aria-label={t('recovery')} tabIndex={-1} ref={bringUp}>
          <h2>{t('recovery')}</h2>
          <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />
        </section>
      )}
      {ready ? (
        <>
          {factors.data.required ? <p className="note">{t('required')}</p> : null}
          <PasswordSection source={source} least={least ?? 0} />
          <PasskeysSection factors={factors.data} {...more} />
          <AppSection factors={factors.data} {...more} />
          {factors.data.totp === null && factors.data.passkeys.length === 0 ? null : (
            <RecoverySection factors={factors.data} {...more} />
          )}
          <LinksSection
            choices={options.data.oidc}
            links={links.data.links}
            hasPassword={source === 'local'}
          />
          {source === 'local' ? <AddressSection /> : null}
          <Sessions />
          <NotesSection />
          <AdminPowers />
        </>
      ) : null}
    </div>
  );
}
