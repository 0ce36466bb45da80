import { TRPCClientError } from '@trpc/client';
import { makeStore } from '../parts/store.ts';

/** Address of the server that does not answer; null while all that were asked did. */
export const lostStore = makeStore<string | null>(null);

/** After each call: whether its server was reached. A call that was given up says nothing. */
export function noteAnswer(url: string): void {
  if (lostStore.get() === url) lostStore.set(null);
}

export function noteFailure(url: string, error: unknown): void {
  const cause = error instanceof TRPCClientError ? error.cause : error;
  // What fetch throws when no answer came at all.
  if (cause instanceof TypeError) lostStore.set(url);
}
