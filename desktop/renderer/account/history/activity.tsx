import { useEffect } from 'react';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import type { Account } from '../../../../common/shapes/account.ts';
import type { AccountTimeline } from '../../../../common/shapes/timeline.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { Button } from '../../parts/button.tsx';
import { Failure, Skeleton } from '../../parts/states.tsx';
import { profileStore } from '../../profile/profile-store.ts';
import { profileServer } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { activityTexts } from '../../text/activity.ts';
import { useText } from '../../text/text.ts';
import { AccountFacts } from '../account-facts.tsx';
import { History } from './history.tsx';
import { joinEntries } from './join-entries.ts';
import { MailsADay } from './mails-a-day.tsx';
import { Uses } from './uses.tsx';

/** Entries of one page. */
const PAGE_SIZE = 50;

function timelineQuery(account: string, user: string | null) {
  return infiniteQueryOptions({
    queryKey: ['timeline', account, user] as const,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }): Promise<AccountTimeline> =>
      await profileServer().account.timeline.query(
        { id: account, before: pageParam, limit: PAGE_SIZE, ...(user === null ? {} : { user }) },
        { signal },
      ),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
}

/**
 * How an account does: state and plans, mails a day, and every check. `user` is another user's id when an admin looks,
 * who can read but not act.
 */
export function Activity({ account, user }: { account: Account; user: string | null }) {
  const t = useText(activityTexts);
  const query = useInfiniteQuery(timelineQuery(account.id, user));
  useEffect(() => followNews(account.id), [account.id]);
  const pages = query.data?.pages ?? [];
  const [first] = pages;
  return (
    <div className="activity" data-testid="activity">
      <AccountFacts account={account} timeline={first ?? null} acts={user === null} />
      {query.isPending ? <Skeleton rows={6} kind="text" /> : null}
      {query.isError && first === undefined ? (
        <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {first === undefined ? null : (
        <>
          <MailsADay days={first.days} />
          {user === null ? <Uses account={account.id} /> : null}
          <History entries={joinEntries(pages.flatMap(({ entries }) => entries))} />
          {query.hasNextPage ? (
            <Button
              disabled={query.isFetchingNextPage}
              data-testid="timeline-older"
              onClick={() => void query.fetchNextPage()}
            >
              {t('older')}
            </Button>
          ) : null}
        </>
      )}
    </div>
  );
}

/** A check changes the account's state without a revision of the profile: what the state tells is the news. */
function followNews(id: string): () => void {
  const look = (): string => {
    const account = profileStore.get().accounts.find((one) => one.id === id);
    return JSON.stringify([account?.state, account?.lastSuccess, account?.nextTry, account?.failingSince]);
  };
  let known = look();
  return profileStore.subscribe(() => {
    const now = look();
    if (now === known) return;
    known = now;
    void queries.invalidateQueries({ queryKey: ['timeline', id] });
  });
}
