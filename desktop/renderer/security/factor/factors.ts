import { useQuery } from '@tanstack/react-query';
import type { FactorList } from '../../../../common/shapes/factor.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { profileServer } from '../../session/clients.ts';

const KEY = ['factors'] as const;

/** What this user proves himself by beside the password. */
export function useFactors() {
  return useQuery<FactorList>({
    queryKey: KEY,
    queryFn: async ({ signal }) => await profileServer().factor.list.query(undefined, { signal }),
    staleTime: 0,
  });
}

/** After a change: what is shown of factors, and what is told of them. */
export function reloadFactors(): void {
  void queries.invalidateQueries({ queryKey: KEY });
  void queries.invalidateQueries({ queryKey: ['security-notes'] });
}
