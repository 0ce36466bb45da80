import { useQuery } from '@tanstack/react-query';
import type { Snooze } from '../../../common/shapes/snooze.ts';
import { formatAhead } from '../later/format-ahead.ts';
import { LaterPane } from '../later/later-pane.tsx';
import { listNames } from '../mail/people.ts';
import { Button } from '../parts/button.tsx';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { usePreference } from '../profile/profile-store.ts';
import type { MailRoute } from '../shell/parse-route.ts';
import { changeMailRoute } from '../shell/route.ts';
import { laterTexts } from '../text/later.ts';
import { mailTexts } from '../text/mail.ts';
import { languageStore, useText } from '../text/text.ts';
import { endSnooze } from './change-snooze.ts';
import { askSnoozeStore, snoozesQuery } from './snoozes.ts';

/** What is out of the way until its time, the next first. */
export function SnoozedPane({ route }: { route: MailRoute }) {
  const t = useText(laterTexts);
  const mail = useText(mailTexts);
  const query = useQuery({
    ...snoozesQuery,
    refetchOnMount: 'always',
    select: (all) => all.filter(({ state }) => state === 'waiting'),
  });
  return (
    <LaterPane
      title={mail('snoozed')}
      testId="snoozed-list"
      query={query}
      blank={{ icon: 'snooze', text: t('snoozed-none') }}
    >
      <ul className="later-list">
        {(query.data ?? []).map((snooze) => (
          <SnoozeCard key={snooze.mail.id} snooze={snooze} open={snooze.mail.id === route.mail} />
        ))}
      </ul>
    </LaterPane>
  );
}

function SnoozeCard({ snooze: { mail, at }, open }: { snooze: Snooze; open: boolean }) {
  const t = useText(laterTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  return (
    <li className="later-card" data-testid="snoozed" data-open={open}>
      <button
        type="button"
        className="later-open"
        data-region-focus
        onClick={() => changeMailRoute({ mail: mail.id, draft: null })}
      >
        <strong>{mail.subject || t('no-subject')}</strong>
        <span>{listNames(mail.from, 1)}</span>
      </button>
      <p className="later-when">{t('comes-back', { time: formatAhead(at, now, language, zone) })}</p>
      <div className="waiting-actions">
        <Button icon="inbox" data-testid="snooze-end" onClick={() => void endSnooze(mail.id)}>
          {t('snooze-end')}
        </Button>
        <Button
          icon="snooze"
          data-testid="snooze-again"
          onClick={() => askSnoozeStore.set({ ids: [mail.id], leave: () => undefined })}
        >
          {t('change-time')}
        </Button>
      </div>
    </li>
  );
}
