import { useEffect, useState } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { offlineTexts } from '../../text/offline.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { tryServer } from './try-server.ts';
import { waitBefore } from './wait-before.ts';

/** Shown while a server does not answer: when it is asked again, and what can be done meanwhile. */
export function OfflineBanner() {
  const t = useText(offlineTexts);
  const shell = useText(shellTexts);
  const [tries, setTries] = useState(0);
  const [left, setLeft] = useState(() => waitBefore(0) / 1000);
  const [busy, setBusy] = useState(false);
  const attempt = async (): Promise<void> => {
    setBusy(true);
    // When it answers, this banner goes.
    await tryServer();
    setBusy(false);
    setTries((count) => count + 1);
  };
  useEffect(() => {
    if (busy) return undefined;
    const end = Date.now() + waitBefore(tries);
    const show = (): void => {
      const rest = end - Date.now();
      setLeft(Math.max(1, Math.ceil(rest / 1000)));
      if (rest <= 0) void attempt();
    };
    show();
    const timer = setInterval(show, 500);
    const now = (): void => void attempt();
    addEventListener('online', now);
    return () => {
      clearInterval(timer);
      removeEventListener('online', now);
    };
  }, [tries, busy]);
  return (
    <div className="offline-banner" data-testid="offline">
      <Icon name="offline" size={16} />
      <p>
        <strong aria-hidden="true">{busy ? t('trying') : shell('offline-in', { n: left })}</strong>{' '}
        {t('meanwhile')}
      </p>
      <button type="button" className="notice-action" disabled={busy} onClick={() => void attempt()}>
        {t('now')}
      </button>
    </div>
  );
}
