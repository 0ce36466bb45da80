import { createTRPCClient } from '@trpc/client';
import type { RelayRouter } from '../../../smtp-relay/router.ts';
import { clientFor, makeLinks } from '../session/clients.ts';
import { readTokens } from '../session/tokens.ts';

/** The relay's queue, with the token that came with the sign-in. */
export function relayServer() {
  const url = (readTokens()?.relay ?? '').replace(/\/$/, '');
  return clientFor('relay', url, () =>
    createTRPCClient<RelayRouter>({ links: makeLinks<RelayRouter>('relay', url) }),
  );
}

export function hasRelay(): boolean {
  return (readTokens()?.relay ?? null) !== null;
}
