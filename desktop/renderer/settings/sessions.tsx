import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Failure, Skeleton } from '../parts/states.tsx';
import { useNow } from '../parts/now.ts';
import { useStore } from '../parts/store.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { profileServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { tell, tellProblem } from '../shell/notices.ts';
import { formatAgo } from '../text/format-more.ts';
import { settingsTexts } from '../text/settings.ts';
import { languageStore, say, useText } from '../text/text.ts';

/** Where the user is signed in; each can be ended from here. */
export function Sessions() {
  const t = useText(settingsTexts);
  const language = useStore(languageStore);
  const now = useNow();
  const query = useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) => (await profileServer().session.list.query(undefined, { signal })).sessions,
    staleTime: 0,
  });
  const end = useMutation({
    mutationFn: async (which: { id: string } | { others: true }) =>
      await profileServer().session.end.mutate(which),
    onSuccess: async ({ ended }) => {
      await queries.invalidateQueries({ queryKey: ['sessions'] });
      tell({ kind: 'done', text: say(settingsTexts, 'ended', { n: ended }), action: null, lasts: 5000 });
    },
    onError: (error) => tellProblem(toProblem(error)),
  });
  const sessions = [...(query.data ?? [])].sort((a, b) => Number(b.current) - Number(a.current));
  return (
    <div className="settings-page">
      <header className="settings-head">
        <h1>{t('section-sessions')}</h1>
        {sessions.length > 1 ? (
          <Button icon="sign-out" disabled={end.isPending} onClick={() => end.mutate({ others: true })}>
            {t('end-others')}
          </Button>
        ) : null}
      </header>
      <p className="settings-lead">{t('sessions-lead')}</p>
      {query.isPending ? <Skeleton rows={3} kind="rows" /> : null}
      {query.isError ? (
        <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      <ul className="cards">
        {sessions.map((session) => (
          <li key={session.id} className="card card-line" data-testid="session-card">
            <Icon name="screen" size={22} />
            <div className="card-title">
              <h2>{session.client ?? t('unknown-client')}</h2>
              <p>
                {session.address} · {t('last-seen', { ago: formatAgo(session.lastSeen, now, language) })}
              </p>
            </div>
            {session.current ? (
              <span className="badge badge-good">{t('this-one')}</span>
            ) : (
              <Button disabled={end.isPending} onClick={() => end.mutate({ id: session.id })}>
                {t('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
