import { useQuery } from '@tanstack/react-query';
import type { Reminder } from '../../../common/shapes/reminder.ts';
import { listNames } from '../mail/people.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { usePreference } from '../profile/profile-store.ts';
import type { MailRoute } from '../shell/parse-route.ts';
import { formatAhead } from '../later/format-ahead.ts';
import { LaterPane } from '../later/later-pane.tsx';
import { formatMoment } from '../text/format-more.ts';
import { laterTexts } from '../text/later.ts';
import { mailTexts } from '../text/mail.ts';
import { languageStore, useText } from '../text/text.ts';
import { endReminder } from './change-reminder.ts';
import { openReminder } from './open-reminder.ts';
import { askRemindStore, remindersQuery } from './reminders.ts';

/** What the person wants to be reminded of: what is due first, then what comes, the next first. */
export function RemindersPane({ route }: { route: MailRoute }) {
  const t = useText(laterTexts);
  const mail = useText(mailTexts);
  const query = useQuery({ ...remindersQuery, refetchOnMount: 'always' });
  const all = [...(query.data ?? [])].sort((a, b) => a.at.localeCompare(b.at));
  const open = route.mail ?? route.draft;
  const groups = [
    { title: t('reminders-due'), list: all.filter(({ state }) => state === 'due') },
    { title: t('reminders-waiting'), list: all.filter(({ state }) => state === 'waiting') },
  ].filter(({ list }) => list.length > 0);
  return (
    <LaterPane
      title={mail('reminders')}
      testId="reminder-list"
      query={query}
      blank={{ icon: 'bell', text: t('reminders-none') }}
    >
      {groups.map(({ title, list }) => (
        <section key={title} aria-label={title}>
          <h2 className="later-title">{title}</h2>
          <ul className="later-list">
            {list.map((reminder) => (
              <ReminderCard key={reminder.mail.id} reminder={reminder} open={reminder.mail.id === open} />
            ))}
          </ul>
        </section>
      ))}
    </LaterPane>
  );
}

function ReminderCard({ reminder, open }: { reminder: Reminder; open: boolean }) {
  const t = useText(laterTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const { mail, at, state, unlessAnswered } = reminder;
  const outgoing = mail.role === 'sent' || mail.role === 'drafts';
  const people = outgoing ? t('to', { people: listNames(mail.to, 3) }) : listNames(mail.from, 1);
  const time = formatMoment(at, now, language, zone);
  const due = state === 'due';
  return (
    <li className="later-card" data-testid="reminder" data-state={state} data-open={open}>
      <button type="button" className="later-open" data-region-focus onClick={() => openReminder(mail)}>
        <strong>{mail.subject || t('no-subject')}</strong>
        <span>{people}</span>
      </button>
      <p className="later-when">
        {due ? <Icon name="bell" size={15} /> : null}
        {due ? t('due-since', { time }) : formatAhead(at, now, language, zone)}
        {!due && unlessAnswered ? ` · ${t('only-unanswered')}` : ''}
      </p>
      <div className="waiting-actions">
        {due ? (
          <Button icon="check" data-testid="reminder-done" onClick={() => void endReminder(mail.id, 'done')}>
            {t('done')}
          </Button>
        ) : null}
        <Button icon="clock" data-testid="reminder-again" onClick={() => askRemindStore.set(mail.id)}>
          {t('again')}
        </Button>
        {due ? null : (
          <Button
            icon="close"
            data-testid="reminder-cancel"
            onClick={() => void endReminder(mail.id, 'cancel')}
          >
            {t('reminder-cancel')}
          </Button>
        )}
      </div>
    </li>
  );
}
