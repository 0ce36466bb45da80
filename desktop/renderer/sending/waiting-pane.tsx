import { useQuery } from '@tanstack/react-query';
import type { WaitingSend } from '../../../common/shapes/status.ts';
import { listNames } from '../mail/people.ts';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { usePreference } from '../profile/profile-store.ts';
import type { MailRoute } from '../shell/parse-route.ts';
import { changeMailRoute } from '../shell/route.ts';
import { formatAhead } from '../later/format-ahead.ts';
import { LaterPane } from '../later/later-pane.tsx';
import { laterTexts } from '../text/later.ts';
import { mailTexts } from '../text/mail.ts';
import { languageStore, useText } from '../text/text.ts';
import { WaitingActions } from './waiting-actions.tsx';
import { waitingQuery } from './waiting.ts';

/** Mail that is held or scheduled, whichever PC it was written at, the next to leave first. */
export function WaitingPane({ route }: { route: MailRoute }) {
  const t = useText(laterTexts);
  const mail = useText(mailTexts);
  const query = useQuery(waitingQuery);
  const sends = [...(query.data ?? [])].sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  return (
    <LaterPane
      title={mail('waiting')}
      testId="waiting-list"
      query={query}
      blank={{ icon: 'clock', text: t('waiting-none') }}
    >
      {sends.length === 0 ? null : (
        <>
          <p className="later-lead">{t('waiting-lead')}</p>
          <ul className="later-list" aria-label={t('waiting-list')}>
            {sends.map((send) => (
              <Waiting key={send.id} send={send} open={send.id === route.mail} />
            ))}
          </ul>
        </>
      )}
    </LaterPane>
  );
}

function Waiting({ send, open }: { send: WaitingSend; open: boolean }) {
  const t = useText(laterTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const { id, subject, to, at } = send;
  return (
    <li className="later-card" data-testid="waiting-mail" data-open={open}>
      <button
        type="button"
        className="later-open"
        data-region-focus
        onClick={() => changeMailRoute({ mail: id, draft: null })}
      >
        <strong>{subject || t('no-subject')}</strong>
        <span>{t('to', { people: listNames(to, 3) })}</span>
      </button>
      <p className="later-when">
        {at === null || Date.parse(at) <= now
          ? t('leaves-now')
          : t('leaves', { time: formatAhead(at, now, language, zone) })}
      </p>
      <WaitingActions send={send} />
    </li>
  );
}
