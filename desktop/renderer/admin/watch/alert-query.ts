import { queryOptions } from '@tanstack/react-query';
import { profileServer } from '../../session/clients.ts';

/** Alerts, those that are over too, with the rules and who is told. */
export const alertsQuery = queryOptions({
  queryKey: ['admin', 'alerts'] as const,
  staleTime: 10_000,
  refetchInterval: 30_000,
  queryFn: async ({ signal }) => await profileServer().alert.list.query({ all: true }, { signal }),
});
