import { queryOptions, useQuery } from '@tanstack/react-query';
import { profileServer } from '../../session/clients.ts';

export const groupsQuery = queryOptions({
  queryKey: ['admin', 'groups'] as const,
  staleTime: 30_000,
  queryFn: async ({ signal }) => (await profileServer().group.list.query(undefined, { signal })).groups,
});
export type GroupRow = Awaited<ReturnType<NonNullable<(typeof groupsQuery)['queryFn']>>>[number];

/** The groups that the admin sees; none while they are not known. */
export function useGroups(): readonly GroupRow[] {
  return useQuery(groupsQuery).data ?? [];
}
