import { lazy, Suspense, useEffect } from 'react';
import { useStore } from '../../parts/store.ts';
import { checkStore } from '../../mail/check.ts';
import { arrivedStore } from '../../mail/cache/new-mail.ts';
import { useProfile } from '../../profile/profile-store.ts';
import { lostStore } from '../../session/reach.ts';
import { serverStore } from '../../session/session.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';

/** Whoever is at the window has seen by then what arrived. */
const SEEN_MS = 20_000;
/** Without a connection nothing can be loaded any more. */
const READ_AHEAD_MS = 2000;
const readBanner = async () => await import('../offline/offline-banner.tsx');
const OfflineBanner = lazy(async () => ({ default: (await readBanner()).OfflineBanner }));

/** What goes on, at the foot of the window and for screen readers: polls, new mail, no connection. */
export function StatusLine() {
  const t = useText(shellTexts);
  const check = useStore(checkStore);
  const arrived = useStore(arrivedStore);
  const lost = useLost();
  const { accounts } = useProfile();
  useEffect(() => {
    const look = (): void => arrivedStore.set(0);
    addEventListener('focus', look);
    const seen = arrived > 0 && document.hasFocus() ? setTimeout(look, SEEN_MS) : undefined;
    return () => {
      removeEventListener('focus', look);
      clearTimeout(seen);
    };
  }, [arrived]);
  const progress = [...check.running.values()].find(({ phase }) => phase === 'retrieving');
  const account = accounts.find(({ id }) => id === progress?.account);
  let text = '';
  if (lost) text = t('offline');
  else if (check.asked)
    text = t('checking', { done: Math.min(check.ended + 1, check.asking), all: check.asking });
  else if (check.result !== null) {
    const { failed, signIn, new: fresh } = check.result;
    if (failed === 0) text = t('checked', { n: fresh });
    else text = failed === signIn ? t('checked-sign-in', { n: signIn }) : t('checked-some', { n: failed });
  } else if (arrived > 0) text = t('arrived', { n: arrived });
  return (
    <footer className="status-line" data-testid="status">
      <p role="status" aria-live="polite" className={lost ? 'unseen' : undefined}>
        {text}
      </p>
      {lost ? (
        <Suspense fallback={text}>
          <OfflineBanner />
        </Suspense>
      ) : null}
      {progress === undefined || progress.total === null || progress.total === 0 ? null : (
        <p className="status-progress" aria-hidden="true">
          {t('retrieving', { account: account?.email ?? '', done: progress.done, all: progress.total })}
          <progress max={progress.total} value={progress.done} />
        </p>
      )}
    </footer>
  );
}

/** Whether a server does not answer, or the computer says that it is cut off. What tells of it is read ahead. */
function useLost(): boolean {
  useEffect(() => {
    const look = (): void => lostStore.set(serverStore.get().url);
    addEventListener('offline', look);
    if (!navigator.onLine) look();
    const timer = setTimeout(() => void readBanner(), READ_AHEAD_MS);
    return () => {
      removeEventListener('offline', look);
      clearTimeout(timer);
    };
  }, []);
  return useStore(lostStore) !== null;
}
