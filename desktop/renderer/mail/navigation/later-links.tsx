import { useQuery } from '@tanstack/react-query';
import { Icon } from '../../parts/icon.tsx';
import { useStore } from '../../parts/store.ts';
import { remindersQuery } from '../../reminder/reminders.ts';
import { waitingQuery } from '../../sending/waiting.ts';
import { sessionStore } from '../../session/session.ts';
import { mailTexts } from '../../text/mail.ts';
import { useText } from '../../text/text.ts';
import { boxRoute, Count, linkTo } from './nav-link.tsx';

/** What waits to leave, while something does, what is snoozed, and reminders with the number of those that are due. */
export function LaterLinks({ box, onPick }: { box: string; onPick: () => void }) {
  const t = useText(mailTexts);
  const session = useStore(sessionStore);
  const enabled = session.phase === 'signed-in' && session.home !== null;
  const waiting = useQuery({ ...waitingQuery, enabled }).data?.length ?? 0;
  const reminders = useQuery({ ...remindersQuery, enabled }).data ?? [];
  const due = reminders.filter(({ state }) => state === 'due').length;
  const places = [
    ['waiting', 'clock', waiting, 'waiting-count'],
    ['snoozed', 'snooze', 0, 'waiting-count'],
    ['reminders', 'bell', due, 'due-count'],
  ] as const;
  return places
    .filter(([name, , count]) => name !== 'waiting' || count > 0 || box === name)
    .map(([name, icon, count, unit]) => (
      <li key={name}>
        <a
          className="nav-link"
          aria-current={box === name ? 'page' : undefined}
          data-box={name}
          data-drop={name === 'snoozed' ? 'box snoozed' : undefined}
          {...linkTo(boxRoute(name, null), onPick)}
        >
          <Icon name={icon} />
          <span className="nav-name">{t(name)}</span>
          <Count n={count} unit={unit} />
        </a>
      </li>
    ));
}
