import { tracked, type TrackedEnvelope } from '@trpc/server';
import { SECOND } from '../../common/time.ts';
import type { UserCaller } from '../../server-kit/auth/caller.ts';
import type { ProfileContext } from '../context.ts';
import { findLiveSession } from '../session/session-store.ts';
import { readRevision } from './profile-store.ts';

/** A lost hint, or one given in another process, heals within this. */
const LOOK_AGAIN = 5 * SECOND;

/** The user's revision now and whenever it grows, until the token ends or the session is over. */
export async function* watchProfile(
  server: ProfileContext,
  caller: UserCaller,
  lastEventId: string | undefined,
  closed: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<{ revision: number }>, void, unknown> {
  const { db, clock } = server;
  const signal = closed === undefined ? server.stopping : AbortSignal.any([closed, server.stopping]);
  const listener = server.hints.listen(`user:${caller.user}`);
  let known = lastEventId === undefined ? -1 : Number(lastEventId);
  try {
    for (;;) {
      const left = caller.expiresAt - clock.now();
      if (signal.aborted || left <= 0) return;
      if ((await findLiveSession(db.read, caller.session, clock.now())) === undefined) return;
      const revision = await readRevision(db.read, caller.user);
      if (revision !== known) yield tracked(String(revision), { revision });
      known = revision;
      await listener.next(Math.min(left, LOOK_AGAIN), signal);
    }
  } finally {
    listener.close();
  }
}
