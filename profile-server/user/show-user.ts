import { formatTime } from '../../common/time.ts';
import type { UserCaller } from '../../server-kit/auth/caller.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { demandReachOf } from '../group/reach.ts';
import { findPendingReset } from '../reset/reset-store.ts';
import { listActsOn } from './acts-store.ts';
import { countFactors, countSessions } from './list-store.ts';
import { describeUsers } from './list-users.ts';
import { nameActors } from './name-of.ts';
import type { ResetView, UserView } from './user-shapes.ts';

const ACTS = 20;

/** What admins see of one user. MailErrors `forbidden`, `not-found`. */
export async function showUser(server: ProfileContext, caller: UserCaller, id: string): Promise<UserView> {
  const { read } = server.db;
  const user = await demandReachOf(read, caller, id);
  const now = server.clock.now();
  const [row] = await describeUsers(read, [user]);
  const acts = await listActsOn(read, id, ACTS);
  const names = await nameActors(
    read,
    acts.map(({ actor }) => actor),
  );
  return {
    ...row!,
    sessions: await countSessions(read, id, now),
    factors: await countFactors(read, id),
    secondAddress:
      user.second_address === null ? 'none' : user.second_address_proven === 1 ? 'proven' : 'unproven',
    mustChange: user.must_change === 1,
    reset: await viewReset(read, id, now),
    acts: acts.map(({ at, actor, action }) => ({
      at: formatTime(at),
      action,
      by: names.get(actor) ?? actor,
    })),
  };
}

async function viewReset(reader: Reader, user: string, now: number): Promise<ResetView | null> {
  const reset = await findPendingReset(reader, user, now);
  if (reset === undefined || (reset.state !== 'waiting' && reset.state !== 'open')) return null;
  const by = (await nameActors(reader, [reset.made_by])).get(reset.made_by) ?? reset.made_by;
  return {
    state: reset.state,
    how: reset.how,
    by,
    madeAt: formatTime(reset.made_at),
    expiresAt: formatTime(reset.expires_at),
  };
}
