import { useState, type ReactNode } from 'react';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import type { SecretUses } from '../../../../common/shapes/credential-use.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, Skeleton } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { usePreference } from '../../profile/profile-store.ts';
import { profileServer } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { formatFullDate } from '../../text/format.ts';
import { languageStore, useText } from '../../text/text.ts';
import { vaultTexts } from '../../text/vault.ts';

const PAGE_SIZE = 30;

function usesQuery(account: string) {
  return infiniteQueryOptions({
    queryKey: ['secret-uses', account] as const,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }): Promise<SecretUses> =>
      await profileServer().credential.uses.query(
        { account, before: pageParam, limit: PAGE_SIZE },
        { signal },
      ),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
}

/** Every time that the account's password or permission was opened: when, by which part, why. Looked up when it is unfolded. */
export function Uses({ account }: { account: string }): ReactNode {
  const t = useText(vaultTexts);
  const [open, setOpen] = useState(false);
  return (
    <details className="panel" data-testid="uses" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('uses')}</summary>
      <p className="field-hint">{t('uses-hint')}</p>
      {open ? <UseList account={account} /> : null}
    </details>
  );
}

function UseList({ account }: { account: string }): ReactNode {
  const t = useText(vaultTexts);
  const language = useStore(languageStore);
  const zone = usePreference('timeZone');
  const query = useInfiniteQuery(usesQuery(account));
  const uses = (query.data?.pages ?? []).flatMap((page) => page.uses);
  if (query.isPending) return <Skeleton rows={4} kind="text" />;
  if (query.isError) {
    return <Failure problem={toProblem(query.error)} onRetry={() => void query.refetch()} />;
  }
  if (uses.length === 0) return <p className="field-hint">{t('no-uses')}</p>;
  return (
    <>
      <ol className="history">
        {uses.map(({ at, purpose, part, kind }, index) => (
          <li key={`${at} ${index}`} className="history-entry" data-testid="use" data-purpose={purpose}>
            <Icon name="lock" size={16} />
            <div className="history-what">
              <p>{t(`for-${purpose}`)}</p>
              <p className="history-more">{kind === null ? part : t(`by-${kind}`)}</p>
            </div>
            <p className="history-when">
              <time dateTime={at}>{formatFullDate(at, language, zone)}</time>
            </p>
          </li>
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('older')}
        </Button>
      ) : null}
    </>
  );
}
