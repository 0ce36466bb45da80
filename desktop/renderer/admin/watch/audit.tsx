import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditEntryView, AuditPage, AuditVerification } from '../../../../common/shapes/audit.ts';
import { Button } from '../../parts/button.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Blank, Failure, Skeleton } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { profileServer } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { adminWatchTexts } from '../../text/admin-watch.ts';
import { formatFullDate } from '../../text/format.ts';
import { languageStore, useText } from '../../text/text.ts';
import { useAct } from '../act.ts';
import { downloadText } from '../download.ts';
import { useLate } from '../late.ts';
import { Page } from '../page.tsx';
import { WindowTable, type Column } from '../table/window-table.tsx';
import { describeDetail, exportAudit, readFilter, type AuditForm } from './audit-pages.ts';

const EMPTY: AuditForm = { actor: '', action: '', subject: '', from: '', to: '' };

/** Every act of an admin and each use of a credential without a lease, with the chain that shows changes afterwards. */
export function Audit() {
  const t = useText(adminWatchTexts);
  const [form, setForm] = useState(EMPTY);
  const [verified, setVerified] = useState<AuditVerification | null>(null);
  const filter = readFilter(useLate(form));
  const found = useInfiniteQuery({
    queryKey: ['admin', 'audit', filter] as const,
    staleTime: 5000,
    retry: false,
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam, signal }): Promise<AuditPage> =>
      await profileServer().audit.list.query({ ...filter, limit: 200, before: pageParam }, { signal }),
    getNextPageParam: (page: AuditPage) => page.next,
  });
  const verify = useAct(async () => setVerified(await profileServer().audit.verify.query()), { keys: [] });
  const save = useAct(async () => downloadText('valija-audit.csv', await exportAudit(filter), 'text/csv'), {
    keys: [],
  });
  const rows = found.data?.pages.flatMap((page) => page.entries) ?? [];
  const fields = ['actor', 'action', 'subject', 'from', 'to'] as const;
  return (
    <Page
      title={t('audit')}
      lead={t('audit-lead')}
      tools={
        <>
          <Button
            icon="check"
            look="main"
            disabled={verify.isPending}
            data-testid="audit-verify"
            onClick={() => verify.mutate(undefined)}
          >
            {t('verify')}
          </Button>
          <Button icon="download" disabled={save.isPending} onClick={() => save.mutate(undefined)}>
            {t('export')}
          </Button>
        </>
      }
    >
      {verified === null ? null : (
        <p
          className={verified.whole ? 'note note-good' : 'note note-warning'}
          role="status"
          data-testid="audit-verified"
        >
          <Icon name={verified.whole ? 'check' : 'warning'} />{' '}
          {verified.whole
            ? t('whole', { n: verified.entries, head: verified.head?.slice(0, 12) ?? '' })
            : t('broken', { entry: verified.brokenAt ?? 0 })}
        </p>
      )}
      <form className="admin-filters" role="search" onSubmit={(event) => event.preventDefault()}>
        {fields.map((field) => (
          <Field
            key={field}
            label={t(`filter-${field}`)}
            type={field === 'from' || field === 'to' ? 'date' : 'text'}
            value={form[field]}
            maxLength={200}
            spellCheck={false}
            onChange={(event) => setForm({ ...form, [field]: event.target.value })}
          />
        ))}
      </form>
      {found.isPending ? <Skeleton rows={6} kind="rows" /> : null}
      {found.isError ? (
        <Failure problem={toProblem(found.error)} onRetry={() => void found.refetch()} />
      ) : null}
      {found.isSuccess && rows.length === 0 ? <Blank icon="list" text={t('no-entries')} /> : null}
      {rows.length === 0 ? null : (
        <Entries
          rows={rows}
          onEnd={() => {
            if (found.hasNextPage && !found.isFetching) void found.fetchNextPage();
          }}
        />
      )}
    </Page>
  );
}

function Entries({ rows, onEnd }: { rows: readonly AuditEntryView[]; onEnd: () => void }) {
  const t = useText(adminWatchTexts);
  const columns = useColumns();
  return (
    <WindowTable
      label={t('audit')}
      columns={columns}
      rows={rows}
      total={rows.length}
      rowKey={(row) => String(row.seq)}
      onEnd={onEnd}
    />
  );
}

function useColumns(): Column<AuditEntryView>[] {
  const t = useText(adminWatchTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  return [
    { key: 'seq', label: t('column-seq'), width: '70px', minor: true, cell: (row) => String(row.seq) },
    {
      key: 'at',
      label: t('column-at'),
      width: '200px',
      cell: (row) => <span className="cut">{formatFullDate(row.at, language, zone)}</span>,
    },
    {
      key: 'actor',
      label: t('filter-actor'),
      width: '1fr',
      cell: (row) => (
        <span className="cut" title={row.actor.id}>
          {row.actor.name ?? row.actor.id}
        </span>
      ),
    },
    {
      key: 'action',
      label: t('filter-action'),
      width: '170px',
      cell: (row) => <code className="cut">{row.action}</code>,
    },
    {
      key: 'subject',
      label: t('filter-subject'),
      width: '1fr',
      minor: true,
      cell: (row) => (
        <span className="cut" title={row.subject.id}>
          {row.subject.name ?? row.subject.id}
        </span>
      ),
    },
    {
      key: 'detail',
      label: t('column-detail'),
      width: '2fr',
      minor: true,
      cell: (row) => (
        <span className="cut" title={describeDetail(row.detail)}>
          {describeDetail(row.detail)}
        </span>
      ),
    },
  ];
}
