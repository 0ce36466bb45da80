import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { PRECEDENTS_ASKED } from '../limits.ts';
import type { DraftContent, Precedents } from '../../../../common/shapes/draft.ts';
import { useStore } from '../../parts/store.ts';
import { useProfile } from '../../profile/profile-store.ts';
import { storageServer } from '../../session/clients.ts';
import { looksLikeAddress } from '../people/addresses.ts';
import type { DraftSession } from '../session/draft-session.ts';
import { judgeSender, type SenderDoubt } from './judge-sender.ts';

/** Milliseconds of rest before the server is asked. */
const REST = 400;

function precedentsQuery(answered: string | null, to: readonly string[]) {
  return queryOptions({
    queryKey: ['precedents', answered, ...to] as const,
    staleTime: 60_000,
    retry: false,
    queryFn: async ({ signal }): Promise<Precedents> =>
      await storageServer().draft.precedents.query({ answered, to: [...to] }, { signal }),
  });
}

function listPeople({ to, cc, bcc }: DraftContent): string[] {
  const all = [...to, ...cc, ...bcc].map(({ address }) => address).filter(looksLikeAddress);
  return [...new Set(all)].slice(0, PRECEDENTS_ASKED);
}

/** Whether the From may be the wrong one. Nobody is asked who has only one. */
export function useSenderDoubt(session: DraftSession): SenderDoubt | null {
  const { content } = useStore(session.store);
  const { identities } = useProfile();
  const key = JSON.stringify(listPeople(content));
  const [rested, setRested] = useState(key);
  useEffect(() => {
    const timer = setTimeout(() => setRested(key), REST);
    return () => clearTimeout(timer);
  }, [key]);
  const to = JSON.parse(rested) as string[];
  const { data } = useQuery({
    ...precedentsQuery(content.inReplyTo, to),
    enabled: identities.length > 1 && (content.inReplyTo !== null || to.length > 0),
  });
  const identity = identities.find(({ id }) => id === content.identity);
  return data === undefined ? null : judgeSender(identity, identities, data);
}
