import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { MailError } from '../../../../common/errors.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from '../../parts/button.tsx';
import { Blank, Failure, Skeleton } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { usePreference, useProfile } from '../../profile/profile-store.ts';
import { placeBack, type ListedRow } from '../../snooze/place-back.ts';
import { snoozesQuery } from '../../snooze/snoozes.ts';
import { sessionStore } from '../../session/session.ts';
import { toProblem } from '../../session/problem.ts';
import type { MailRoute } from '../../shell/parse-route.ts';
import { SearchField } from '../../shell/search/search-field.tsx';
import { useLayout } from '../../shell/width.ts';
import { bulkTexts } from '../../text/bulk.ts';
import { mailTexts } from '../../text/mail.ts';
import { shellTexts } from '../../text/shell.ts';
import { useText } from '../../text/text.ts';
import { AccountStrips } from './account-strips.tsx';
import { chooseHow } from './choose-how.ts';
import { useFoundWords } from './found-words.ts';
import { ListHead } from './list-head.tsx';
import { MailList } from './list.tsx';
import { listQuery, mailboxesQuery } from '../cache/mail-cache.ts';
import { keepPresent, resetSelection } from '../selection/selection.ts';

const SearchHelp = lazy(async () => ({ default: (await import('../search-help.tsx')).SearchHelp }));

/** One mailbox's mails, or what a search found: head, then rows, or what is to be said instead of rows. */
export function MailListPane({ route }: { route: MailRoute }) {
  const t = useText(mailTexts);
  const shell = useText(shellTexts);
  const bulk = useText(bulkTexts);
  const layout = useLayout();
  const { accounts } = useProfile();
  const session = useStore(sessionStore);
  const hasHome = session.phase === 'signed-in' && session.home !== null;
  const { box, account: only, query: sought } = route;
  const [onlyUnread, setOnlyUnread] = useState(false);
  const how = chooseHow(route, { conversations: usePreference('conversations'), onlyUnread });
  const list = useMemo(
    () => ({ box, account: only, query: sought, ...(how === null ? {} : { how }) }),
    [box, only, sought, how],
  );
  const query = useInfiniteQuery({ ...listQuery(list), enabled: hasHome && sought !== '' });
  const mailboxes = useQuery({ ...mailboxesQuery, enabled: hasHome });
  const snoozes = useQuery({ ...snoozesQuery, enabled: hasHome && box === 'inbox' }).data;
  const complete = !query.hasNextPage;
  const rows = useMemo((): readonly ListedRow[] => {
    const loaded = query.data?.pages.flatMap((page) => page.mails) ?? [];
    if (box !== 'inbox' || snoozes === undefined || query.data === undefined) return loaded;
    const own = snoozes.filter(({ mail }) => only === null || mail.accounts.includes(only));
    return placeBack(loaded, own, { complete, only: onlyUnread });
  }, [query.data, snoozes, box, only, onlyUnread, complete]);
  const found = useFoundWords(sought, query.data?.pages ?? NO_PAGES);
  // The pane is made anew for each list.
  useEffect(() => resetSelection, []);
  useEffect(() => keepPresent(rows.map((row) => row.id)), [rows]);
  const mailbox = mailboxes.data?.find(({ id, role }) => role === route.box || id === route.box);
  const unknown = mailboxes.data !== undefined && mailbox === undefined && sought === null;
  const account = accounts.find(({ id }) => id === route.account);
  const first = query.data?.pages[0];
  const boxName = mailbox?.role === null ? mailbox.name : roleTitle(t, mailbox?.role ?? route.box);
  const ofAccount = box === 'inbox' ? account?.email : account && `${boxName} · ${account.email}`;
  const title = sought ? t('found', { query: sought }) : (ofAccount ?? boxName);
  const total = account === undefined ? (mailbox?.total ?? first?.total ?? 0) : (first?.total ?? 0);
  // Of a search with very many results the server does not say how many: then nothing is said.
  const counted = sought === null || (query.isSuccess && (!query.hasNextPage || total > rows.length));
  const unread = account === undefined ? (mailbox?.unread ?? 0) : (first?.unread ?? 0);
  if (sought === '') {
    return (
      <section className="list-pane" aria-label={shell('search')} data-region="list">
        {layout === 'one' ? <SearchField /> : null}
        <Suspense fallback={null}>
          <SearchHelp />
        </Suspense>
      </section>
    );
  }
  if (unknown) {
    return (
      <section className="list-pane" data-region="list">
        <Blank icon="help" text={t('no-page')}>
          <a href="#/inbox">{t('to-inbox')}</a>
        </Blank>
      </section>
    );
  }
  return (
    <section className="list-pane" aria-label={title} data-region="list">
      {layout === 'one' ? <SearchField /> : null}
      <ListHead
        title={title}
        total={counted ? total : null}
        unread={unread}
        box={route.box}
        scope={{
          ids: rows.map(({ id }) => id),
          where:
            sought === null
              ? {
                  mailbox: box,
                  ...(only === null ? {} : { account: only }),
                  ...(onlyUnread ? { unread: true } : {}),
                }
              : { query: sought },
          total: counted ? (onlyUnread ? unread : total) : null,
          name: sought === null ? title : null,
        }}
        onlyUnread={onlyUnread}
        onOnlyUnread={sought === null && box !== 'drafts' ? setOnlyUnread : null}
      />
      {route.box === 'inbox' ? <AccountStrips account={route.account} /> : null}
      {!hasHome ? <Failure problem={toProblem(NO_HOME)} onRetry={() => location.reload()} /> : null}
      {hasHome && query.isPending && query.failureReason !== null && query.failureCount > 1 ? (
        <Failure problem={toProblem(query.failureReason)} onRetry={() => void query.refetch()} retried />
      ) : null}
      {hasHome && query.isPending && query.failureCount < 2 ? <Skeleton rows={9} kind="rows" /> : null}
      {query.isError && rows.length === 0 ? (
        <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && rows.length === 0 ? (
        <div className="list-empty" data-testid="message-list" data-loaded={0}>
          <Blank
            icon={sought === null ? (mailbox?.role ?? 'inbox') : 'search'}
            text={
              onlyUnread
                ? bulk('empty-unread')
                : t(sought !== null ? 'found-none' : box === 'inbox' ? 'empty' : 'empty-box')
            }
          />
        </div>
      ) : null}
      {rows.length > 0 ? (
        <MailList
          rows={rows}
          found={found}
          title={title}
          total={Math.max(total, rows.length)}
          route={route}
          more={query.hasNextPage}
          onMore={() => {
            if (!query.isFetchingNextPage && !query.isFetchNextPageError) void query.fetchNextPage();
          }}
        />
      ) : null}
      {query.isFetchNextPageError ? (
        <div className="list-partial" role="alert" data-testid="list-partial">
          <p>{bulk('partial')}</p>
          <Button icon="refresh" onClick={() => void query.fetchNextPage()}>
            {shell('retry')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

const NO_PAGES: readonly never[] = [];
const NO_HOME = new MailError('unavailable', 'no storage server', { reason: 'no-home' });

function roleTitle(t: (key: 'role-inbox') => string, role: string): string {
  const known = ['inbox', 'sent', 'drafts', 'junk', 'trash', 'archive'];
  return known.includes(role) ? t(`role-${role}` as 'role-inbox') : '';
}
