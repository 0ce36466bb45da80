import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { BETWEEN_CODES, type SenderState } from '../../../../common/shapes/sender.ts';
import { queries } from '../../mail/cache/mail-cache.ts';
import { readClock } from '../../parts/clock.ts';
import { profileServer } from '../../session/clients.ts';

/** Which addresses have to be proven, and where a code went that can still be entered, from whatever PC. */
export const sendersQuery = queryOptions({
  queryKey: ['senders'] as const,
  staleTime: 0,
  retry: false,
  queryFn: async ({ signal }): Promise<SenderState[]> =>
    (await profileServer().sender.list.query(undefined, { signal })).senders,
});

export function readSenders(): void {
  void queries.invalidateQueries({ queryKey: sendersQuery.queryKey });
}

/** When the last code went to an identity's address that can still be entered, ISO; null: none did. */
export function useCodeSentAt(identity: string): string | null {
  const { data } = useQuery(sendersQuery);
  return data?.find((one) => one.identity === identity)?.codeSentAt ?? null;
}

/**
 * Whether another code may not be asked for yet. From when one went, and from `hold`, which takes milliseconds; never is waited
 * longer than the server waits itself, whose clock may have been set meanwhile.
 */
export function useRestBetweenCodes(sentAt: string | null): { rests: boolean; hold: (ms: number) => void } {
  const [held, setHeld] = useState(0);
  /** What was waited for until now. */
  const [passed, setPassed] = useState(() => readClock());
  const until = Math.max(held, sentAt === null ? 0 : Date.parse(sentAt) + BETWEEN_CODES);
  useEffect(() => {
    const left = Math.min(until - readClock(), BETWEEN_CODES);
    const end = setTimeout(() => setPassed(until), left);
    return () => clearTimeout(end);
  }, [until]);
  return { rests: until > passed, hold: (ms) => setHeld(readClock() + ms) };
}
