import type { IncomingMessage } from 'node:http';
import { MailError } from '../../../common/errors.ts';
import type { OidcWait } from '../../../common/shapes/directory.ts';
import { awaitNews } from '../../await-news.ts';
import type { ProfileContext } from '../../context.ts';
import { demandActive } from '../../session/sign-in/prove-user.ts';
import type { UserRecord } from '../../user/user-store.ts';
import { hashTicket, readMark } from './pending.ts';
import { hasTicket, PROVEN, takeTicket } from './ticket-store.ts';

/**
 * Whose ticket it is, once: one of the page that the provider sent this browser to, or the secret of a waiting program. By
 * the secret of a program of his own, in an address that he passes on, somebody could have others sign in as himself.
 * MailError `sign-in-failed`.
 */
export async function redeemTicket(
  server: ProfileContext,
  { ticket, fromAddress = false }: { ticket: string; fromAddress?: boolean | undefined },
  req: IncomingMessage | null,
): Promise<{ user: UserRecord; factorProven: boolean; outerFactor: boolean }> {
  const mark = req === null ? null : readMark(req);
  const hashes = [
    ...(mark === null ? [] : [hashTicket('browser', ticket, mark)]),
    ...(fromAddress ? [] : [hashTicket('program', ticket)]),
  ];
  const taken = await server.db.write(async (tx) => {
    const now = server.clock.now();
    for (const hash of hashes) {
      const found = await takeTicket(tx, hash, now);
      if (found !== null) return found;
    }
    return null;
  });
  if (taken === null) {
    throw new MailError('sign-in-failed', 'no such ticket', { reason: 'oauth-unknown' });
  }
  const { factor_proven } = taken;
  return {
    user: await demandActive(server, taken.user),
    factorProven: factor_proven !== PROVEN.none,
    outerFactor: factor_proven === PROVEN.outside,
  };
}

/** Whether the person has signed in at the provider: as soon as that is so, or after 25 s. */
export async function waitForTicket(
  server: ProfileContext,
  secret: string,
  signal: AbortSignal | undefined,
): Promise<OidcWait> {
  const hash = hashTicket('program', secret);
  return await awaitNews<OidcWait>(server, {
    topic: `oidc:${hash}`,
    read: async () => ({
      state: (await hasTicket(server.db.read, hash, server.clock.now())) ? 'done' : 'pending',
    }),
    isNews: ({ state }) => state === 'done',
    wait: true,
    signal,
  });
}

/** Two were about to be let into one program: see leaveTicket. */
export function refuseTwo(): MailError {
  return new MailError('conflict', 'somebody else was to be let into that program', {
    reason: 'program-two',
  });
}
