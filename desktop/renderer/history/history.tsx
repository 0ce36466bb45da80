import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '../parts/button.tsx';
import { Blank, Failure, Skeleton } from '../parts/states.tsx';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { usePreference } from '../profile/profile-store.ts';
import { profileServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { useCommands } from '../shell/commands.ts';
import { openBox } from '../shell/route.ts';
import { formatWith } from '../text/format.ts';
import { historyTexts } from '../text/history.ts';
import { languageStore, useText } from '../text/text.ts';
import { HistoryLine } from './history-line.tsx';
import { groupByDay, joinAlike } from './group-by-day.ts';
import { RestoreDialog } from './restore-dialog.tsx';

const PAGE = 100;

/** What changed of the profile, day by day, with an undo for each change and a way back to each day. */
export function History() {
  const t = useText(historyTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const now = useNow();
  const [restoring, setRestoring] = useState<{ day: string; revision: number } | null>(null);
  useCommands({ back: () => openBox('inbox') });
  const query = useInfiniteQuery({
    queryKey: ['profile', 'history'],
    queryFn: async ({ pageParam, signal }) =>
      await profileServer().profile.history.query(
        { since: null, before: pageParam, limit: PAGE },
        { signal },
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  if (query.isError) return <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Skeleton rows={6} kind="text" />;
  const entries = query.data.pages.flatMap((page) => page.entries);
  const dayOf = formatWith('en', zone, { year: 'numeric', month: '2-digit', day: '2-digit' });
  const longDay = formatWith(language, zone, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const days = groupByDay(entries, (at) => dayOf.format(new Date(at)));
  const today = dayOf.format(now);
  const yesterday = dayOf.format(now - 86_400_000);
  const nameDay = (day: string, at: string): string =>
    day === today ? t('today') : day === yesterday ? t('yesterday') : longDay.format(new Date(at));
  return (
    <div className="settings-page">
      <h1>{t('history')}</h1>
      <p className="settings-lead">{t('lead')}</p>
      {days.length === 0 ? <Blank icon="undo" text={t('none')} /> : null}
      {days.map(({ day, entries: list }, at) => {
        const [newest] = list;
        if (newest === undefined) return null;
        return (
          <section key={day} className="settings-part" aria-label={nameDay(day, newest.at)}>
            <header className="settings-head">
              <h2>{nameDay(day, newest.at)}</h2>
              {at === 0 ? null : (
                <Button
                  look="quiet"
                  icon="undo"
                  data-testid="restore-day"
                  onClick={() =>
                    setRestoring({ day: longDay.format(new Date(newest.at)), revision: newest.revision })
                  }
                >
                  {t('restore-day')}
                </Button>
              )}
            </header>
            <ol className="cards">
              {joinAlike(list).map(({ entry, others }) => (
                <HistoryLine
                  key={`${entry.revision} ${entry.part} ${entry.id}`}
                  entry={entry}
                  others={others.length}
                />
              ))}
            </ol>
          </section>
        );
      })}
      {query.hasNextPage ? (
        <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
      {restoring === null ? null : <RestoreDialog {...restoring} onClose={() => setRestoring(null)} />}
    </div>
  );
}
