import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../../parts/button.tsx';
import { SelectField } from '../../parts/choice-fields.tsx';
import { Field } from '../../parts/field.tsx';
import { useNow } from '../../parts/now.ts';
import { Blank, Failure, Skeleton } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { toProblem } from '../../session/problem.ts';
import { adminUserTexts } from '../../text/admin-users.ts';
import { formatAgo } from '../../text/format-more.ts';
import { languageStore, useText } from '../../text/text.ts';
import { useGroups } from '../groups/group-query.ts';
import { useLate } from '../late.ts';
import { Page } from '../page.tsx';
import { WindowTable, type Column } from '../table/window-table.tsx';
import { AddUser } from './add-user.tsx';
import { ImportUsers } from './import-users.tsx';
import { UserDialog } from './user-dialog.tsx';
import { usersQuery, type UserFilter, type UserRow } from './users-query.ts';

const STATES = ['active', 'invited', 'disabled', 'removed'] as const;

/** The users that an admin looks after. */
export function Users({ organisation }: { organisation: boolean }) {
  const t = useText(adminUserTexts);
  const groups = useGroups();
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState<UserFilter>({});
  const [open, setOpen] = useState<string | null>(null);
  const [asked, setAsked] = useState<'add' | 'import' | null>(null);
  const query = useLate(typed.trim());
  const found = useInfiniteQuery(usersQuery(query === '' ? filter : { ...filter, query }));
  const rows = found.data?.pages.flatMap((page) => page.users) ?? [];
  const total = found.data?.pages[0]?.total ?? 0;
  const columns = useColumns(setOpen);
  const pick = (key: 'group' | 'state', value: string): void => {
    const { [key]: _before, ...rest } = filter;
    setFilter(value === '' ? rest : { ...rest, [key]: value });
  };
  return (
    <Page
      title={t('users')}
      lead={organisation ? t('users-lead') : t('users-lead-group')}
      tools={
        <>
          <Button icon="plus" look="main" data-testid="user-add" onClick={() => setAsked('add')}>
            {t('add')}
          </Button>
          <Button icon="file" data-testid="user-import" onClick={() => setAsked('import')}>
            {t('import')}
          </Button>
        </>
      }
    >
      <form className="admin-filters" role="search" onSubmit={(event) => event.preventDefault()}>
        <Field
          label={t('find')}
          type="search"
          value={typed}
          data-testid="user-find"
          onChange={(event) => setTyped(event.target.value)}
        />
        <SelectField
          label={t('state')}
          value={filter.state ?? ''}
          onPick={(value) => pick('state', value)}
          choices={[
            { value: '', label: t('all-states') },
            ...STATES.map((state) => ({ value: state, label: t(`state-${state}`) })),
          ]}
        />
        <SelectField
          label={t('group')}
          value={filter.group ?? ''}
          onPick={(value) => pick('group', value)}
          choices={[
            { value: '', label: t('all-groups') },
            ...(organisation ? [{ value: 'none', label: t('no-group') }] : []),
            ...groups.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </form>
      <p className="admin-count" role="status">
        {t('count', { n: total })}
      </p>
      {found.isPending ? <Skeleton rows={6} kind="rows" /> : null}
      {found.isError ? (
        <Failure problem={toProblem(found.error)} onRetry={() => void found.refetch()} />
      ) : null}
      {found.isSuccess && rows.length === 0 ? <Blank icon="person" text={t('nobody')} /> : null}
      {rows.length === 0 ? null : (
        <WindowTable
          label={t('users')}
          columns={columns}
          rows={rows}
          total={total}
          rowKey={(row) => row.id}
          mark={(row) => row.state}
          onEnd={() => {
            if (found.hasNextPage && !found.isFetching) void found.fetchNextPage();
          }}
        />
      )}
      {open === null ? null : (
        <UserDialog id={open} organisation={organisation} onClose={() => setOpen(null)} />
      )}
      {asked === 'add' ? <AddUser organisation={organisation} onClose={() => setAsked(null)} /> : null}
      {asked === 'import' ? <ImportUsers onClose={() => setAsked(null)} /> : null}
    </Page>
  );
}

function useColumns(onOpen: (id: string) => void): Column<UserRow>[] {
  const t = useText(adminUserTexts);
  const language = useStore(languageStore);
  const now = useNow();
  return [
    {
      key: 'name',
      label: t('column-name'),
      width: '3fr',
      cell: (row) => (
        <>
          <button type="button" className="link-button cut" title={row.name} onClick={() => onOpen(row.id)}>
            {row.displayName ?? row.name}
          </button>
          <small className="cut">{row.displayName === null ? '' : row.name}</small>
        </>
      ),
    },
    {
      key: 'group',
      label: t('group'),
      width: '2fr',
      minor: true,
      cell: (row) => <span className="cut">{row.group?.name ?? ''}</span>,
    },
    {
      key: 'state',
      label: t('state'),
      width: '220px',
      cell: (row) => (
        <>
          <span className={row.state === 'active' ? 'badge badge-good' : 'badge'}>
            {t(`state-${row.state}`)}
          </span>
          {row.admin ? <span className="badge">{t('is-admin')}</span> : null}
          {row.groupAdmin && !row.admin ? <span className="badge">{t('is-group-admin')}</span> : null}
        </>
      ),
    },
    {
      key: 'accounts',
      label: t('column-accounts'),
      width: '150px',
      minor: true,
      cell: (row) =>
        row.failing === 0 ? (
          String(row.accounts)
        ) : (
          <strong className="bad-number">
            {t('accounts-failing', { n: row.accounts, failing: row.failing })}
          </strong>
        ),
    },
    {
      key: 'seen',
      label: t('column-seen'),
      width: '150px',
      minor: true,
      cell: (row) => (
        <span className="cut">
          {row.lastSignIn === null ? t('never') : formatAgo(row.lastSignIn, now, language)}
        </span>
      ),
    },
  ];
}
