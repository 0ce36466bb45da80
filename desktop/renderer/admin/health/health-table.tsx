import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { HealthFilter, HealthRow, HeatMap } from '../../../../common/shapes/health.ts';
import { useNow } from '../../parts/now.ts';
import { Blank, Failure, Skeleton } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { toProblem } from '../../session/problem.ts';
import { useDescribe } from '../../shell/explain.ts';
import { adminHealthTexts } from '../../text/admin-health.ts';
import { formatAgo } from '../../text/format-more.ts';
import { languageStore, useText } from '../../text/text.ts';
import { useLate } from '../late.ts';
import { WindowTable, type Column } from '../table/window-table.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { Filters } from './health-filters.tsx';
import { healthQuery } from './health-queries.ts';
import { StateBadge } from './state-badge.tsx';

/** The accounts that a filter means; a row opens what can be done. */
export function HealthTable({
  filter,
  onFilter,
  map,
  organisation,
}: {
  filter: HealthFilter;
  onFilter: (filter: HealthFilter) => void;
  map: HeatMap | undefined;
  organisation: boolean;
}) {
  const t = useText(adminHealthTexts);
  const language = useStore(languageStore);
  const [typed, setTyped] = useState(filter.query ?? '');
  const [open, setOpen] = useState<HealthRow | null>(null);
  const query = useLate(typed.trim());
  const wanted = query === '' ? filter : { ...filter, query };
  const found = useInfiniteQuery(healthQuery(wanted));
  const rows = found.data?.pages.flatMap((page) => page.accounts) ?? [];
  const counts = found.data?.pages[0]?.counts ?? null;
  const all = counts === null ? 0 : sumOf(filter, counts);
  const columns = useColumns(setOpen);
  return (
    <>
      <Filters
        filter={filter}
        onFilter={onFilter}
        map={map}
        counts={counts}
        typed={typed}
        onTyped={setTyped}
      />
      <p className="admin-count" role="status">
        {t('count', { n: all })}
      </p>
      {found.isPending ? <Skeleton rows={6} kind="rows" /> : null}
      {found.isError ? (
        <Failure problem={toProblem(found.error)} onRetry={() => void found.refetch()} />
      ) : null}
      {found.isSuccess && rows.length === 0 ? (
        <Blank icon="inbox" text={t(Object.keys(wanted).length === 0 ? 'no-accounts' : 'nothing')} />
      ) : null}
      {rows.length === 0 ? null : (
        <WindowTable
          label={t('view-accounts')}
          columns={columns}
          rows={rows}
          total={all}
          rowKey={(row) => row.id}
          mark={(row) => row.state}
          onEnd={() => {
            if (found.hasNextPage && !found.isFetching) void found.fetchNextPage();
          }}
          key={language}
        />
      )}
      {open === null ? null : (
        <AccountDialog row={open} organisation={organisation} onClose={() => setOpen(null)} />
      )}
    </>
  );
}

function useColumns(onOpen: (row: HealthRow) => void): Column<HealthRow>[] {
  const t = useText(adminHealthTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const describe = useDescribe();
  const ago = (time: string | null): string => (time === null ? t('never') : formatAgo(time, now, language));
  return [
    {
      key: 'account',
      label: t('column-account'),
      width: '3fr',
      cell: (row) => (
        <>
          <button type="button" className="link-button cut" onClick={() => onOpen(row)} title={row.email}>
            {row.email}
          </button>
          <small className="cut">
            {row.group === null ? row.user.name : `${row.user.name} · ${row.group.name}`}
          </small>
        </>
      ),
    },
    {
      key: 'host',
      label: t('column-host'),
      width: '2fr',
      minor: true,
      cell: (row) => <span className="cut">{row.provider ?? row.pop3.host}</span>,
    },
    {
      key: 'state',
      label: t('column-state'),
      width: '158px',
      cell: (row) => <StateBadge state={row.state} />,
    },
    {
      key: 'since',
      label: t('column-since'),
      width: '130px',
      minor: true,
      cell: (row) => <span className="cut">{ago(row.failingSince ?? row.lastSuccess)}</span>,
    },
    {
      key: 'why',
      label: t('column-why'),
      width: '3fr',
      cell: (row) => (
        <span className="cut" title={row.error?.serverLine ?? undefined}>
          {row.error === null ? '' : describe(row.error).message}
        </span>
      ),
    },
  ];
}

function sumOf(filter: HealthFilter, counts: Record<string, number>): number {
  if (filter.state !== undefined) return counts[filter.state] ?? 0;
  if (filter.troubled === true) {
    return (counts['late'] ?? 0) + (counts['failing'] ?? 0) + (counts['needs-sign-in'] ?? 0);
  }
  return Object.values(counts).reduce((all, count) => all + count, 0);
}
