import { lazy, Suspense } from 'react';
import { useStore } from '../parts/store.ts';
import { userStore } from '../session/session.ts';
import { shellTexts } from '../text/shell.ts';
import { useText } from '../text/text.ts';
import { openBox } from './route.ts';

const AddAccount = lazy(async () => ({
  default: (await import('../account/add/add-account.tsx')).AddAccount,
}));

/** The first screen of a profile without accounts. */
export function Onboarding() {
  const t = useText(shellTexts);
  const user = useStore(userStore);
  return (
    <main className="onboarding" data-region="main">
      <div className="onboarding-card">
        <h1>{t('welcome', { name: user?.name ?? '' })}</h1>
        <p className="onboarding-lead">{t('welcome-lead')}</p>
        <Suspense fallback={null}>
          <AddAccount onDone={() => openBox('inbox')} onCancel={null} />
        </Suspense>
      </div>
    </main>
  );
}
