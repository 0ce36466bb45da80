import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { HealthFilter, HealthPage, HeatMap } from '../../../../common/shapes/health.ts';
import { profileServer } from '../../session/clients.ts';

export const heatMapQuery = queryOptions({
  queryKey: ['admin', 'heat-map'] as const,
  staleTime: 20_000,
  refetchInterval: 60_000,
  queryFn: async ({ signal }): Promise<HeatMap> =>
    await profileServer().health.providers.query(undefined, { signal }),
});

export function healthQuery(filter: HealthFilter) {
  return infiniteQueryOptions({
    queryKey: ['admin', 'health', filter] as const,
    staleTime: 20_000,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }): Promise<HealthPage> =>
      await profileServer().health.accounts.query({ ...filter, limit: 200, after: pageParam }, { signal }),
    getNextPageParam: (page: HealthPage) => page.next,
  });
}
