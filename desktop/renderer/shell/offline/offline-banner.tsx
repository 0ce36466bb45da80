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
  const [{ tries, busy }, setState] = useState({ tries: 0, busy: false });
  const [left, setLeft] = useState(() => waitBefore(0) / 1000);
  useEffect(() => {
    if (!busy) return;
    // When it answers, this banner goes.
    void tryServer().then(() => setState((state) => ({ tries: state.tries + 1, busy: false })));
  }, [busy]);
  useEffect(() => {
    if (busy) return undefined;
    const tryNow = (): void => setState({ tries, busy: true });
    const end = Date.now() + waitBefore(tries);
    const show = (): void => {
      const rest = end - Date.now();
      setLeft(Math.max(1, Math.ceil(rest / 1000)));
      if (rest <= 0) tryNow();
    };
    show();
    const timer = setInterval(show, 500);
    addEventListener('online', tryNow);
    return () => {
      clearInterval(timer);
      removeEventListener('online', tryNow);
    };
  }, [tries, busy]);
  return (
    <div className="offline-banner" data-testid="offline">
      <Icon name="offline" size={16} />
      <p>
        <strong aria-hidden="true">{busy ? t('trying') : shell('offline-in', { n: left })}</strong>{' '}
        {t('meanwhile')}
      </p>
      <button
        type="button"
        className="link-button"
        disabled={busy}
        onClick={() => setState({ tries, busy: true })}
      >
        {t('now')}
      </button>
    </div>
  );
}
