import { AddAccount } from '../../account/add/add-account.tsx';
import { useStore } from '../../parts/store.ts';
import { userStore } from '../../session/session.ts';
import { onboardingTexts } from '../../text/onboarding.ts';
import { useText } from '../../text/text.ts';
import { openBox, openSettings } from '../route.ts';

/** The first screen of a profile without accounts. */
export function Onboarding() {
  const t = useText(onboardingTexts);
  const user = useStore(userStore);
  return (
    <main className="onboarding" data-region="main">
      <div className="onboarding-card">
        <h1>{t('welcome', { name: user?.name ?? '' })}</h1>
        <p className="onboarding-lead">{t('welcome-lead')}</p>
        <AddAccount onDone={() => openBox('inbox')} onCancel={null} />
      </div>
      <p className="onboarding-more">
        {t('files')}{' '}
        <button type="button" className="link-button" onClick={() => openSettings('transfer')}>
          {t('files-import')}
        </button>
      </p>
    </main>
  );
}
