import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { OidcChoice, OuterIdentity } from '../../../common/shapes/directory.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { openPage } from '../parts/open-page.ts';
import { profileServer } from '../session/clients.ts';
import { RemoveDialog } from '../shell/remove-dialog.tsx';
import { securityTexts } from '../text/security.ts';
import { useText } from '../text/text.ts';
import { ProofDialog } from './factor/proof-dialog.tsx';
import { Section } from './section.tsx';

const LINKS = ['links'] as const;

/** The user's own ways in that are not ours, and where the password is kept. */
export function useLinks() {
  return useQuery({
    queryKey: LINKS,
    queryFn: async ({ signal }) => await profileServer().directory.links.query(undefined, { signal }),
    staleTime: 0,
  });
}

/** Single sign-on: what is linked, and what can be. */
export function LinksSection({
  choices,
  links,
  hasPassword,
}: {
  choices: readonly OidcChoice[];
  links: readonly OuterIdentity[];
  hasPassword: boolean;
}) {
  const t = useText(securityTexts);
  const [adding, setAdding] = useState<OidcChoice | null>(null);
  const [going, setGoing] = useState<OuterIdentity | null>(null);
  useEffect(() => {
    // The person comes back from the provider's page in another window.
    const look = (): void => void queries.invalidateQueries({ queryKey: LINKS });
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, []);
  const own = links.filter(({ provider }) => provider !== 'ldap');
  const open = choices.filter(({ id }) => !own.some(({ provider }) => provider === id));
  if (own.length === 0 && open.length === 0) return null;
  return (
    <Section title={t('links')} lead={t('links-lead')} testId="security-links">
      {own.length === 0 ? null : (
        <ul className="cards" aria-label={t('links')}>
          {own.map((link) => (
            <li key={link.id} className="card card-line" data-testid="link">
              <Icon name="globe" size={22} />
              <div className="card-title">
                <h3>{link.name}</h3>
                <p>{link.label}</p>
              </div>
              {hasPassword ? (
                <Button aria-label={t('remove-name', { name: link.name })} onClick={() => setGoing(link)}>
                  {t('remove')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <div className="card-actions">
        {open.map((choice) => (
          <Button
            key={choice.id}
            icon="plus"
            data-testid={`link-${choice.id}`}
            onClick={() => setAdding(choice)}
          >
            {t('link-with', { name: choice.name })}
          </Button>
        ))}
      </div>
      {adding === null ? null : (
        <ProofDialog
          title={t('link-with', { name: adding.name })}
          yes={t('go-on')}
          hasPassword={hasPassword}
          act={async ({ password }) => {
            const input = { provider: adding.id, password };
            openPage((await profileServer().directory.beginLink.mutate(input)).url);
          }}
          onClose={() => setAdding(null)}
        >
          <p>{t('link-text', { name: adding.name })}</p>
        </ProofDialog>
      )}
      {going === null ? null : (
        <RemoveDialog
          title={t('link-remove', { name: going.name })}
          text={t('link-remove-text', { name: going.name })}
          yes={t('remove')}
          done={t('link-removed', { name: going.name })}
          testId="link-remove-yes"
          remove={async () => {
            await profileServer().directory.removeLink.mutate({ id: going.id });
            await queries.invalidateQueries({ queryKey: LINKS });
          }}
          onClose={() => setGoing(null)}
        />
      )}
    </Section>
  );
}
