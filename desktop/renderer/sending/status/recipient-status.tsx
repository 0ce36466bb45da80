import { splitReason } from '../../../../common/reason.ts';
import type { RecipientStatus, SendStatus } from '../../../../common/shapes/status.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon-names.ts';
import { useNow } from '../../parts/now.ts';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { AllowAgain } from './allow-again.tsx';
import { cameBack, nameTls, stoppedByOthers } from './judge-status.ts';
import { useDescribe } from '../../shell/explain.ts';
import { changeMailRoute } from '../../shell/route.ts';
import { formatAgo, formatMoment } from '../../text/format-more.ts';
import { statusTexts } from '../../text/status.ts';
import { languageStore, useText } from '../../text/text.ts';
import { QueuedActions } from './queued-actions.tsx';

const ICONS: Record<RecipientStatus['state'], IconName> = {
  held: 'pause',
  queued: 'clock',
  accepted: 'check',
  deferred: 'clock',
  failed: 'warning',
  cancelled: 'close',
};

/** One recipient: what happened in plain words, what comes next, and the server's own line for whoever wants it. */
export function Recipient({
  send,
  waits,
  recipient,
}: {
  send: SendStatus;
  /** The mail has not left yet. */
  waits: boolean;
  recipient: RecipientStatus;
}) {
  const t = useText(statusTexts);
  const { address, state, reason, report } = recipient;
  const stopped = stoppedByOthers(recipient);
  const word = cameBack(recipient) ? 'returned' : waits ? 'waiting' : state;
  return (
    <li className={`recipient recipient-${state}`} data-state={state}>
      <Icon name={ICONS[state]} size={16} />
      <div className="recipient-text">
        <p>
          <strong>{address}</strong> <span className="recipient-state">{t(`recipient-${word}`)}</span>
        </p>
        {state === 'accepted' ? <Accepted recipient={recipient} /> : null}
        {state === 'held' && !waits && !stopped ? <p>{t('on-hold')}</p> : null}
        {state === 'cancelled' && !stopped ? <p>{t('was-cancelled')}</p> : null}
        {reason !== null && (state === 'failed' || state === 'deferred' || stopped) ? (
          <Why recipient={recipient} reason={reason} />
        ) : null}
        {state === 'failed' && reason === 'recipient-refused/suppressed' ? (
          <AllowAgain address={address} />
        ) : null}
        {state === 'deferred' ? <NextTry recipient={recipient} /> : null}
        {(state === 'deferred' || (state === 'held' && !waits)) && typeof send.queueId === 'string' ? (
          <QueuedActions send={send} address={address} held={state === 'held'} />
        ) : null}
        <ServerWords recipient={recipient} />
        {typeof report === 'string' ? (
          <div className="waiting-actions">
            <Button icon="unread" onClick={() => changeMailRoute({ mail: report, draft: null })}>
              {t('show-report')}
            </Button>
          </div>
        ) : null}
      </div>
    </li>
  );
}

function Accepted({ recipient: { host, tls, lastAttempt, deliveredAt } }: { recipient: RecipientStatus }) {
  const t = useText(statusTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const facts = [
    host === null ? null : t('by-host', { host }),
    host === null ? null : tls === null ? t('without-tls') : t('with-tls', { tls: nameTls(tls) }),
    lastAttempt === null ? null : formatMoment(lastAttempt, now, language, zone),
    typeof deliveredAt === 'string'
      ? t('in-mailbox', { time: formatMoment(deliveredAt, now, language, zone) })
      : null,
  ];
  return <p className="recipient-more">{facts.filter((fact) => fact !== null).join(' · ')}</p>;
}

/** The sentence of the error texts for the reason's key, and what the sender can do. */
function Why({
  recipient: { address, host, state, serverLine },
  reason,
}: {
  recipient: RecipientStatus;
  reason: string;
}) {
  const describe = useDescribe();
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const { message, action } = describe({
    ...splitReason(reason),
    message: '',
    serverLine,
    params: { address, domain, host: host ?? domain },
  });
  return (
    <>
      <p>{message}</p>
      {action === null ? null : <p className={state === 'failed' ? 'recipient-next' : undefined}>{action}</p>}
    </>
  );
}

function NextTry({ recipient: { nextTry, attempts } }: { recipient: RecipientStatus }) {
  const t = useText(statusTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const next =
    nextTry === null
      ? null
      : Date.parse(nextTry) <= now
        ? t('next-try-now')
        : t('next-try', {
            ago: formatAgo(nextTry, now, language),
            time: formatMoment(nextTry, now, language, zone),
          });
  const facts = [next, attempts > 0 ? t('attempts', { n: attempts }) : null].filter((one) => one !== null);
  return facts.length === 0 ? null : <p className="recipient-more">{facts.join(' ')}</p>;
}

/** Folded: the answer to the letter, its codes, and when. For an administrator, or for the other side's. */
function ServerWords({ recipient }: { recipient: RecipientStatus }) {
  const t = useText(statusTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const { state, serverLine, enhanced, host, lastAttempt } = recipient;
  if (serverLine === null || (state !== 'failed' && state !== 'deferred')) return null;
  const time = lastAttempt === null ? null : formatMoment(lastAttempt, now, language, zone);
  const facts = [
    host,
    enhanced,
    time === null ? null : t(cameBack(recipient) ? 'returned-at' : 'last-try', { time }),
  ];
  return (
    <details className="server-words">
      <summary>{t('server-said')}</summary>
      <code>{serverLine}</code>
      <p className="recipient-more">{facts.filter((fact) => fact !== null).join(' · ')}</p>
    </details>
  );
}
