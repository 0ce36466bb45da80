import { queryOptions } from '@tanstack/react-query';
import type { Suppression } from '../../../common/shapes/suppression.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { storageServer } from '../session/clients.ts';

/** The addresses that failed for good and are not tried for now. */
export const suppressionsQuery = queryOptions({
  queryKey: ['suppressions'] as const,
  staleTime: 0,
  retry: false,
  queryFn: async ({ signal }): Promise<Suppression[]> =>
    (await storageServer().suppression.list.query(undefined, { signal })).suppressions,
});

export function findSuppression(
  suppressions: readonly Suppression[] | undefined,
  address: string,
): Suppression | undefined {
  return suppressions?.find((one) => one.address.toLowerCase() === address.toLowerCase());
}

/** Mail to the address is tried again from now on. */
export async function allowAgain(address: string): Promise<void> {
  await storageServer().suppression.remove.mutate({ addresses: [address] });
  await queries.invalidateQueries({ queryKey: suppressionsQuery.queryKey });
}
