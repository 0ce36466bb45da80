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
import { securityTexts } from '../text/security.ts';
import { languageStore, say, useText } from '../text/text.ts';
import { Section } from './section.tsx';

/** Where the user is signed in; each can be ended from here. */
export function Sessions() {
  const t = useText(securityTexts);
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
      tell({ kind: 'done', text: say(securityTexts, 'ended', { n: ended }), action: null, lasts: 5000 });
    },
    onError: (error) => tellProblem(toProblem(error)),
  });
  const sessions = [...(query.data ?? [])].sort((a, b) => Number(b.current) - Number(a.current));
  return (
    <Section title={t('sessions')} lead={t('sessions-lead')} testId="security-sessions">
      {sessions.length > 1 ? (
        <Button icon="sign-out" disabled={end.isPending} onClick={() => end.mutate({ others: true })}>
          {t('end-all-others')}
        </Button>
      ) : null}
      {query.isPending ? <Skeleton rows={3} kind="rows" /> : null}
      {query.isError ? (
        <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      <ul className="cards">
        {sessions.map((session) => (
          <li key={session.id} className="card card-line" data-testid="session-card">
            <Icon name="screen" size={22} />
            <div className="card-title">
              <h3>{session.client ?? t('unknown-client')}</h3>
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
    </Section>
  );
}
