import { useInfiniteQuery } from '@tanstack/react-query';
import type { UsePage, UseRow } from '../../../../common/shapes/health.ts';
import { useStore } from '../../parts/store.ts';
import { Failure, Skeleton } from '../../parts/states.tsx';
import { profileServer } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { adminPartTexts } from '../../text/admin-parts.ts';
import { formatSize } from '../../text/format-more.ts';
import { languageStore, useText } from '../../text/text.ts';
import { WindowTable, type Column } from '../table/window-table.tsx';

/** What each user keeps, the most first, beside the quota. */
export function UserStorage() {
  const t = useText(adminPartTexts);
  const found = useInfiniteQuery({
    queryKey: ['admin', 'use'] as const,
    staleTime: 60_000,
    initialPageParam: null as UsePage['next'],
    queryFn: async ({ pageParam, signal }): Promise<UsePage> =>
      await profileServer().health.use.query({ limit: 200, after: pageParam }, { signal }),
    getNextPageParam: (page: UsePage) => page.next,
  });
  const rows = found.data?.pages.flatMap((page) => page.users) ?? [];
  const columns = useColumns();
  if (found.isPending) return <Skeleton rows={5} kind="rows" />;
  if (found.isError) return <Failure problem={toProblem(found.error)} onRetry={() => void found.refetch()} />;
  if (rows.length === 0) return <p className="card-note">{t('no-use')}</p>;
  return (
    <section aria-label={t('use')}>
      <h2>{t('use')}</h2>
      <WindowTable
        label={t('use')}
        columns={columns}
        rows={rows}
        total={rows.length}
        rowKey={(row) => row.id}
        onEnd={() => {
          if (found.hasNextPage && !found.isFetching) void found.fetchNextPage();
        }}
      />
    </section>
  );
}

function useColumns(): Column<UseRow>[] {
  const t = useText(adminPartTexts);
  const language = useStore(languageStore);
  return [
    {
      key: 'name',
      label: t('column-who'),
      width: '2fr',
      cell: (row) => <span className="cut">{row.name}</span>,
    },
    {
      key: 'group',
      label: t('column-group'),
      width: '2fr',
      minor: true,
      cell: (row) => <span className="cut">{row.group ?? ''}</span>,
    },
    {
      key: 'mails',
      label: t('column-mails'),
      width: '120px',
      minor: true,
      cell: (row) => row.mails.toLocaleString(language),
    },
    { key: 'size', label: t('column-size'), width: '110px', cell: (row) => formatSize(row.bytes, language) },
    {
      key: 'quota',
      label: t('column-quota'),
      width: '150px',
      cell: (row) =>
        row.quota === null
          ? t('no-quota')
          : `${Math.round((100 * row.bytes) / row.quota)} % / ${formatSize(row.quota, language)}`,
    },
  ];
}
