import { lazy, Suspense } from 'react';
import type { SendStatus } from '../../../../common/shapes/status.ts';
import { Icon } from '../../parts/icon.tsx';
import { useNow } from '../../parts/now.ts';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { judgeStatus, stoppedByOthers, waitsInStore, type Tone } from './judge-status.ts';
import { formatAhead } from '../../later/format-ahead.ts';
import { statusTexts } from '../../text/status.ts';
import { languageStore, useText } from '../../text/text.ts';
import { Recipient } from './recipient-status.tsx';

const WaitingActions = lazy(async () => ({
  default: (await import('../waiting-actions.tsx')).WaitingActions,
}));

const ICONS = { good: 'check', calm: 'clock', waiting: 'clock', bad: 'warning' } as const satisfies Record<
  Tone,
  string
>;

/** What became of a sent mail, recipient by recipient; open where something has to be known. */
export function Status({ status }: { status: SendStatus }) {
  const t = useText(statusTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const { tone, says, failed, all } = judgeStatus(status);
  const waits = waitsInStore(status, now);
  const time = status.at === null ? '' : formatAhead(status.at, now, language, zone);
  return (
    <section
      className={`send-status send-status-${status.state}`}
      data-tone={tone}
      data-testid="send-status"
      aria-label={t('delivery')}
    >
      <details open={tone === 'bad' || tone === 'waiting' || status.recipients.some(stoppedByOthers)}>
        <summary>
          <Icon name={ICONS[tone]} size={16} />
          <span role="status">{t(`state-${says}`, { n: says === 'partly' ? failed : all, all, time })}</span>
          <Icon name="down" size={14} />
        </summary>
        <ul>
          {status.recipients.map((recipient) => (
            <Recipient key={recipient.address} send={status} waits={waits} recipient={recipient} />
          ))}
        </ul>
      </details>
      {waits ? (
        <Suspense fallback={null}>
          <WaitingActions send={status} />
        </Suspense>
      ) : null}
    </section>
  );
}
