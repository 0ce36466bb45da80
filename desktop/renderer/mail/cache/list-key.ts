import type { MailList } from './patch-lists.ts';

/** How TanStack Query knows a list. */
export type ListKey = readonly ['list', string, string | null, string | null, string];

export function keyOfList({ box, account, query, how }: MailList): ListKey {
  return ['list', box, account, query ?? null, how ?? ''];
}

export function listOfKey(key: readonly unknown[]): MailList {
  const [, box, account, query, how] = key as ListKey;
  return { box, account, query, ...(how === '' ? {} : { how: how as NonNullable<MailList['how']> }) };
}
