import type { RecipientStatus, SendStatus } from '../../../common/shapes/status.ts';
import { Icon } from '../parts/icon.tsx';
import type { IconName } from '../parts/icon-names.ts';
import { useStore } from '../parts/store.ts';
import { usePreference } from '../profile/profile-store.ts';
import { formatFullDate } from '../text/format.ts';
import { statusTexts } from '../text/status.ts';
import { languageStore, useText } from '../text/text.ts';

const ICONS: Record<RecipientStatus['state'], IconName> = {
  held: 'clock',
  queued: 'clock',
  accepted: 'check',
  deferred: 'clock',
  failed: 'warning',
  cancelled: 'close',
};

/** What became of a sent mail, recipient by recipient. */
export function Status({ status }: { status: SendStatus }) {
  const t = useText(statusTexts);
  const calm = status.state === 'sent' || status.state === 'held' || status.state === 'queued';
  return (
    <details className={`send-status send-status-${status.state}`} open={!calm} data-testid="send-status">
      <summary>
        <Icon name={status.state === 'sent' ? 'check' : calm ? 'clock' : 'warning'} size={16} />
        <span>{t(`state-${status.state}`)}</span>
      </summary>
      <ul>
        {status.recipients.map((recipient) => (
          <Recipient key={recipient.address} recipient={recipient} />
        ))}
      </ul>
    </details>
  );
}

function Recipient({ recipient }: { recipient: RecipientStatus }) {
  const t = useText(statusTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const { state, host, tls, lastAttempt, nextTry, reason, serverLine, attempts } = recipient;
  return (
    <li className={`recipient recipient-${state}`} data-state={state}>
      <Icon name={ICONS[state]} size={15} />
      <div>
        <p>
          <strong>{recipient.address}</strong> <span>{t(`recipient-${state}`)}</span>
        </p>
        <p className="recipient-more">
          {[
            host === null ? null : t('by-host', { host }),
            tls === null ? null : tls,
            lastAttempt === null ? null : formatFullDate(lastAttempt, language, zone),
            attempts > 1 ? t('attempts', { n: attempts }) : null,
            state === 'deferred' && nextTry !== null
              ? t('next-try', { time: formatFullDate(nextTry, language, zone) })
              : null,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
        {state === 'failed' || state === 'deferred' ? (
          <>
            {reason === null ? null : <p>{reason}</p>}
            {serverLine === null ? null : <code>{serverLine}</code>}
          </>
        ) : null}
      </div>
    </li>
  );
}
