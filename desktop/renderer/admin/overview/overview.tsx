import { useQuery } from '@tanstack/react-query';
import { Icon } from '../../parts/icon.tsx';
import type { IconName } from '../../parts/icon-names.ts';
import { useStore } from '../../parts/store.ts';
import { profileServer } from '../../session/clients.ts';
import { adminTexts } from '../../text/admin.ts';
import { languageStore, useText } from '../../text/text.ts';
import { openSection } from '../open-section.ts';
import { AlertList } from '../watch/alert-list.tsx';
import { alertsQuery } from '../watch/alert-query.ts';
import { Loaded, Page } from '../page.tsx';
import type { AdminSection } from '../sections.ts';

/** What somebody who looks after others wants to know first: is anything wrong, and how many are there. */
export function Overview({ organisation }: { organisation: boolean }) {
  const t = useText(adminTexts);
  const health = useQuery({
    queryKey: ['admin', 'health', 'sums'] as const,
    staleTime: 10_000,
    refetchInterval: 60_000,
    queryFn: async ({ signal }) =>
      (await profileServer().health.accounts.query({ limit: 1 }, { signal })).counts,
  });
  const users = useQuery({
    queryKey: ['admin', 'users', 'sum'] as const,
    staleTime: 10_000,
    queryFn: async ({ signal }) => (await profileServer().user.list.query({ limit: 1 }, { signal })).total,
  });
  return (
    <Page title={t('section-overview')} lead={organisation ? t('overview-lead') : t('overview-lead-group')}>
      {organisation ? <OpenAlerts /> : null}
      <Loaded query={health}>
        {(counts) => (
          <ul className="tiles">
            <Tile
              section="users"
              more={null}
              icon="person"
              n={users.data ?? 0}
              label={t('tile-users', { n: users.data ?? 0 })}
            />
            <Tile
              section="health"
              more="ok"
              icon="check"
              n={counts?.ok ?? 0}
              label={t('tile-ok', { n: counts?.ok ?? 0 })}
            />
            <Tile
              section="health"
              more="late"
              icon="clock"
              n={counts?.late ?? 0}
              label={t('tile-late', { n: counts?.late ?? 0 })}
              bad
            />
            <Tile
              section="health"
              more="failing"
              icon="warning"
              n={counts?.failing ?? 0}
              label={t('tile-failing', { n: counts?.failing ?? 0 })}
              bad
            />
            <Tile
              section="health"
              more="needs-sign-in"
              icon="key"
              n={counts?.['needs-sign-in'] ?? 0}
              label={t('tile-needs', { n: counts?.['needs-sign-in'] ?? 0 })}
              bad
            />
          </ul>
        )}
      </Loaded>
    </Page>
  );
}

function OpenAlerts() {
  const t = useText(adminTexts);
  const query = useQuery(alertsQuery);
  return (
    <section aria-label={t('section-alerts')}>
      <Loaded query={query}>
        {({ alerts }) => {
          const open = alerts.filter(({ resolvedAt }) => resolvedAt === null);
          if (open.length > 0) return <AlertList alerts={open} />;
          return (
            <p className="note note-good">
              <Icon name="check" /> {t('no-alerts')}
            </p>
          );
        }}
      </Loaded>
    </section>
  );
}

function Tile({
  section,
  more,
  icon,
  n,
  label,
  bad = false,
}: {
  section: AdminSection;
  more: string | null;
  icon: IconName;
  n: number;
  label: string;
  bad?: boolean;
}) {
  const language = useStore(languageStore);
  return (
    <li>
      <a
        className="tile"
        data-bad={bad && n > 0}
        href={`#/admin/${section}${more === null ? '' : `/${more}`}`}
        onClick={(event) => {
          event.preventDefault();
          openSection(section, more);
        }}
      >
        <Icon name={icon} size={20} />
        <strong>{n.toLocaleString(language)}</strong>
        <span>{label}</span>
      </a>
    </li>
  );
}
