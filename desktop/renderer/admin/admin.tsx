import { lazy, Suspense } from 'react';
import { Icon } from '../parts/icon.tsx';
import { Blank, Skeleton } from '../parts/states.tsx';
import { useStore } from '../parts/store.ts';
import { userStore } from '../session/session.ts';
import { useCommands } from '../shell/commands.ts';
import { openBox } from '../shell/route.ts';
import { adminTexts } from '../text/admin.ts';
import { useText } from '../text/text.ts';
import { useQuery } from '@tanstack/react-query';
import { alertsQuery } from './watch/alert-query.ts';
import { Alerts } from './watch/alerts.tsx';
import { Audit } from './watch/audit.tsx';
import { Groups } from './groups/groups.tsx';
import { Health } from './health/health.tsx';
import { openSection } from './open-section.ts';
import { Overview } from './overview/overview.tsx';
import { Parts } from './parts/parts.tsx';
import { Queue } from './parts/queue.tsx';
import { Storage } from './parts/storage.tsx';
import { PolicyPage } from './policy/policy-page.tsx';
import { Rooms } from './parts/rooms.tsx';
import { chooseSections, SECTION_ICONS, type AdminSection } from './sections.ts';
import { wearAdminStyle } from './style.ts';
import { Users } from './users/users.tsx';

const Statistics = lazy(async () => ({ default: (await import('./statistics/statistics.tsx')).Statistics }));

wearAdminStyle();

/** The area of those who look after others: organisation admins, and admins of groups within theirs. `place` is SECTION or SECTION/MORE. */
export function Admin({ place }: { place: string }) {
  const t = useText(adminTexts);
  const user = useStore(userStore);
  useCommands({ back: () => openBox('inbox') });
  const [wanted = '', more = ''] = place.split('/');
  const sections = chooseSections(user);
  const section = sections.find((one) => one === wanted) ?? sections[0];
  if (section === undefined) {
    return (
      <main className="settings-main" data-region="main" tabIndex={-1}>
        <Blank icon="lock" text={t('not-admin')} />
      </main>
    );
  }
  return (
    <div className="settings admin">
      <nav className="settings-nav admin-nav" aria-label={t('admin')} data-region="navigation">
        <a className="nav-link" href="#/inbox">
          <Icon name="back" />
          <span className="nav-name">{t('back-to-mail')}</span>
        </a>
        <ul className="nav-list">
          {sections.map((one) => (
            <li key={one}>
              <a
                className="nav-link"
                aria-current={one === section ? 'page' : undefined}
                ref={one === section ? showLink : undefined}
                href={`#/admin/${one}`}
                onClick={(event) => {
                  event.preventDefault();
                  openSection(one);
                }}
              >
                <Icon name={SECTION_ICONS[one]} />
                <span className="nav-name">{t(`section-${one}`)}</span>
                {one === 'alerts' ? <OpenAlertCount /> : null}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main className="settings-main" data-region="main" tabIndex={-1} data-testid={`admin-${section}`}>
        <Section section={section} more={more} organisation={user?.admin === true} key={place} />
      </main>
    </div>
  );
}

/** How many things are wrong now, wherever in the area somebody is. */
function OpenAlertCount() {
  const t = useText(adminTexts);
  const { data } = useQuery(alertsQuery);
  const n = data?.alerts.filter(({ resolvedAt }) => resolvedAt === null).length ?? 0;
  if (n === 0) return null;
  return (
    <span className="nav-count" aria-label={t('alerts-open', { n })} data-testid="alert-count">
      {n}
    </span>
  );
}

/** On telephones the sections stand in one line that scrolls. */
function showLink(link: HTMLElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function Section({
  section,
  more,
  organisation,
}: {
  section: AdminSection;
  more: string;
  organisation: boolean;
}) {
  switch (section) {
    case 'overview':
      return <Overview organisation={organisation} />;
    case 'users':
      return <Users organisation={organisation} />;
    case 'groups':
      return <Groups organisation={organisation} />;
    case 'health':
      return <Health organisation={organisation} begin={more} />;
    case 'queue':
      return <Queue />;
    case 'storage':
      return <Storage />;
    case 'parts':
      return <Parts />;
    case 'policy':
      return <PolicyPage organisation={organisation} />;
    case 'audit':
      return <Audit />;
    case 'alerts':
      return <Alerts />;
    case 'statistics':
      return (
        <Suspense fallback={<Skeleton rows={6} kind="rows" />}>
          <Statistics />
        </Suspense>
      );
    default:
      return <Rooms organisation={organisation} />;
  }
}
