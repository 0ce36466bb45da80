import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { QueueItem } from '../../../../common/shapes/queue.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { useNow } from '../../parts/now.ts';
import { Blank, Failure, Skeleton } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { toProblem } from '../../session/problem.ts';
import { adminPartTexts } from '../../text/admin-parts.ts';
import { formatAgo, formatSize } from '../../text/format-more.ts';
import { languageStore, say, useText } from '../../text/text.ts';
import { useAct } from '../act.ts';
import { Page } from '../page.tsx';
import { hasRelay, relayServer } from '../relay.ts';
import { WindowTable, type Column } from '../table/window-table.tsx';
import { Pauses } from './pauses.tsx';

/** All mail on its way out of this organisation, recipient by recipient. */
export function Queue() {
  const t = useText(adminPartTexts);
  return (
    <Page title={t('queue')} lead={t('queue-lead')}>
      {hasRelay() ? <Waiting /> : <Blank icon="sent" text={t('no-relay')} />}
    </Page>
  );
}

const ACTIONS = ['hold', 'release', 'retry', 'cancel'] as const;
type Action = (typeof ACTIONS)[number];

function Waiting() {
  const t = useText(adminPartTexts);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const found = useInfiniteQuery({
    queryKey: ['admin', 'queue'] as const,
    staleTime: 5000,
    refetchInterval: 30_000,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) =>
      await relayServer().queue.list.query(
        { limit: 200, ...(pageParam === null ? {} : { after: pageParam }) },
        { signal },
      ),
    getNextPageParam: (page: { next: string | null }) => page.next,
  });
  const act = useAct(
    async (action: Action) => await relayServer().queue[action].mutate({ ids: [...ticked] }),
    {
      keys: ['queue', 'relay'],
      done: ({ changed }) => {
        setTicked(new Set());
        return say(adminPartTexts, 'queue-done', { n: changed });
      },
    },
  );
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  const columns = useColumns(ticked, (id, on) => {
    const next = new Set(ticked);
    if (on) next.add(id);
    else next.delete(id);
    setTicked(next);
  });
  return (
    <>
      <Pauses />
      {ticked.size === 0 ? null : (
        <div className="card-actions" role="group" aria-label={t('queue-chosen', { n: ticked.size })}>
          <span role="status">{t('queue-chosen', { n: ticked.size })}</span>
          {ACTIONS.map((action) => (
            <Button key={action} disabled={act.isPending} onClick={() => act.mutate(action)}>
              {t(`queue-${action}`)}
            </Button>
          ))}
        </div>
      )}
      {found.isPending ? <Skeleton rows={5} kind="rows" /> : null}
      {found.isError ? (
        <Failure problem={toProblem(found.error)} onRetry={() => void found.refetch()} />
      ) : null}
      {found.isSuccess && rows.length === 0 ? <Blank icon="check" text={t('queue-empty')} /> : null}
      {rows.length === 0 ? null : (
        <WindowTable
          label={t('queue')}
          columns={columns}
          rows={rows}
          total={rows.length}
          rowKey={(row) => row.recipientId}
          onEnd={() => {
            if (found.hasNextPage && !found.isFetching) void found.fetchNextPage();
          }}
        />
      )}
    </>
  );
}

function useColumns(
  ticked: ReadonlySet<string>,
  onTick: (id: string, on: boolean) => void,
): Column<QueueItem>[] {
  const t = useText(adminPartTexts);
  const language = useStore(languageStore);
  const now = useNow();
  return [
    {
      key: 'tick',
      label: t('column-pick'),
      width: '64px',
      cell: (row) => (
        <input
          type="checkbox"
          aria-label={t('queue-pick', { address: row.recipient })}
          checked={ticked.has(row.recipientId)}
          onChange={(event) => onTick(row.recipientId, event.target.checked)}
        />
      ),
    },
    {
      key: 'to',
      label: t('column-to'),
      width: '3fr',
      cell: (row) => (
        <>
          <span className="cut">{row.recipient}</span>
          <small className="cut">{t('from', { address: row.from === '' ? '<>' : row.from })}</small>
        </>
      ),
    },
    {
      key: 'state',
      label: t('column-state'),
      width: '130px',
      cell: (row) => (
        <span className={row.state === 'deferred' ? 'badge badge-warm' : 'badge'}>
          <Icon name={row.state === 'held' ? 'pause' : 'clock'} size={13} />
          {t(`item-${row.state as 'queued'}`)}
        </span>
      ),
    },
    {
      key: 'size',
      label: t('column-size'),
      width: '80px',
      minor: true,
      cell: (row) => formatSize(row.size, language),
    },
    {
      key: 'since',
      label: t('column-queued'),
      width: '130px',
      minor: true,
      cell: (row) => <span className="cut">{formatAgo(row.queuedAt, now, language)}</span>,
    },
    {
      key: 'why',
      label: t('column-why'),
      width: '3fr',
      minor: true,
      cell: (row) => (
        <span className="cut" title={row.error ?? undefined}>
          {row.error ?? ''}
        </span>
      ),
    },
  ];
}
