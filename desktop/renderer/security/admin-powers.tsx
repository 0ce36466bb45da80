import { securityTexts } from '../text/security.ts';
import { useText } from '../text/text.ts';
import { Section } from './section.tsx';

const CANNOT = ['cannot-mail', 'cannot-password', 'cannot-secrets'] as const;
const COULD = ['could-code', 'could-shell', 'could-key'] as const;

/** In plain words what those who run the server cannot do, and what remains possible: as docs/security.md. */
export function AdminPowers() {
  const t = useText(securityTexts);
  return (
    <Section title={t('powers')} lead={t('powers-lead')} testId="security-powers">
      <h3>{t('powers-cannot')}</h3>
      <ul className="security-list">
        {CANNOT.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <h3>{t('powers-could')}</h3>
      <ul className="security-list">
        {COULD.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
    </Section>
  );
}
