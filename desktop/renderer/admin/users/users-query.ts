import { infiniteQueryOptions } from '@tanstack/react-query';
import { profileServer } from '../../session/clients.ts';

type Asked = Parameters<ReturnType<typeof profileServer>['user']['list']['query']>[0];
export type UserFilter = Pick<Asked, 'query' | 'group' | 'state'>;
export type UserPage = Awaited<ReturnType<ReturnType<typeof profileServer>['user']['list']['query']>>;
export type UserRow = UserPage['users'][number];

export function usersQuery(filter: UserFilter) {
  return infiniteQueryOptions({
    queryKey: ['admin', 'users', filter] as const,
    staleTime: 10_000,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }): Promise<UserPage> =>
      await profileServer().user.list.query(
        { ...filter, limit: 200, ...(pageParam === null ? {} : { after: pageParam }) },
        { signal },
      ),
    getNextPageParam: (page: UserPage) => page.next,
  });
}
