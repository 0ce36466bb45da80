import { tracked, type TrackedEnvelope } from '@trpc/server';
import { SECOND } from '../../common/time.ts';
import type { UserCaller } from '../../server-kit/auth/caller.ts';
import type { ProfileContext } from '../context.ts';
import { readSharedRevision } from '../layer/shared-contact-store.ts';
import { findLiveSession } from '../session/session-store.ts';
import { readRevision } from './profile-store.ts';

/** A lost hint, or one given in another process, heals within this. */
const LOOK_AGAIN = 5 * SECOND;

/**
 * The user's revision now and whenever it grows, until the token ends or the session is over; `shared` changes with the
 * address books that he reads but does not own.
 */
export async function* watchProfile(
  server: ProfileContext,
  caller: UserCaller,
  lastEventId: string | undefined,
  closed: AbortSignal | undefined,
): AsyncGenerator<TrackedEnvelope<{ revision: number; shared: string }>, void, unknown> {
  const { db, clock } = server;
  const signal = closed === undefined ? server.stopping : AbortSignal.any([closed, server.stopping]);
  const listener = server.hints.listen(`user:${caller.user}`);
  let known = lastEventId === undefined ? -1 : Number(lastEventId);
  let knownShared = '';
  try {
    for (;;) {
      const left = caller.expiresAt - clock.now();
      if (signal.aborted || left <= 0) return;
      if ((await findLiveSession(db.read, caller.session, clock.now())) === undefined) return;
      const revision = await readRevision(db.read, caller.user);
      const shared = await readSharedRevision(db.read, caller.user);
      if (revision !== known || shared !== knownShared) {
        yield tracked(String(revision), { revision, shared });
      }
      known = revision;
      knownShared = shared;
      await listener.next(Math.min(left, LOOK_AGAIN), signal);
    }
  } finally {
    listener.close();
  }
}
