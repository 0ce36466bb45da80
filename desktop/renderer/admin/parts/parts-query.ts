import { queryOptions } from '@tanstack/react-query';
import { profileServer } from '../../session/clients.ts';

/** The servers of this Valija with what each says of itself. */
export const partsQuery = queryOptions({
  queryKey: ['admin', 'parts'] as const,
  staleTime: 10_000,
  refetchInterval: 30_000,
  queryFn: async ({ signal }) => {
    const { part } = profileServer();
    const [{ parts }, { facts }] = await Promise.all([
      part.list.query(undefined, { signal }),
      part.facts.query(undefined, { signal }),
    ]);
    return { parts, facts };
  },
});
