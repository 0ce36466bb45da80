import { queryOptions, useQueries } from '@tanstack/react-query';
import { storageServer } from '../../session/clients.ts';

/** Why a mail was found: a stretch of its text, and where the words stand in it, in its subject and its sender's name. */
export type FoundWords = Awaited<
  ReturnType<ReturnType<typeof storageServer>['search']['snippets']['query']>
>['snippets'][number];

const NOTHING: ReadonlyMap<string, FoundWords> = new Map();

/** By mail; they come after the rows, which do not wait for them. */
export function useFoundWords(
  query: string | null,
  pages: readonly { mails: readonly { id: string }[] }[],
): ReadonlyMap<string, FoundWords> {
  const wanted = query === null || query === '' ? [] : pages.filter(({ mails }) => mails.length > 0);
  return useQueries({
    queries: wanted.map(({ mails }) =>
      snippetsQuery(
        query ?? '',
        mails.map(({ id }) => id),
      ),
    ),
    combine: (results) => {
      const found = results.flatMap(({ data }) => data ?? []);
      return found.length === 0 ? NOTHING : new Map(found.map((one) => [one.id, one]));
    },
  });
}

function snippetsQuery(query: string, ids: string[]) {
  return queryOptions({
    queryKey: ['found-words', query, ids] as const,
    queryFn: async ({ signal }): Promise<FoundWords[]> =>
      (await storageServer().search.snippets.query({ query, ids: ids.slice(0, 50) }, { signal })).snippets,
    // Without them the rows say what they always say.
    retry: false,
  });
}
