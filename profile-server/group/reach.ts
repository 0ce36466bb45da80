import { MailError } from '../../common/errors.ts';
import type { UserCaller } from '../../server-kit/auth/caller.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { findUser, type UserRecord } from '../user/user-store.ts';
import { listGroupsOfAdmin } from './group-store.ts';

/** Whom somebody may look after: everybody (organisation admins), or the users of some groups; of none: nobody. */
export type Reach = { all: true } | { all: false; groups: string[] };

export async function findReach(reader: Reader, caller: UserCaller): Promise<Reach> {
  if (caller.admin) return { all: true };
  return { all: false, groups: await listGroupsOfAdmin(reader, caller.user) };
}

/** MailError `forbidden` with reason `admins-only` for who is admin of nothing. */
export async function demandReach(server: { db: { read: Reader } }, caller: UserCaller): Promise<Reach> {
  const reach = await findReach(server.db.read, caller);
  if (!reach.all && reach.groups.length === 0) {
    throw new MailError('forbidden', 'only admins may do this', { reason: 'admins-only' });
  }
  return reach;
}

export function isWithin(reach: Reach, group: string | null): boolean {
  return reach.all || (group !== null && reach.groups.includes(group));
}

/**
 * The user, where the caller may see what admins see of one. MailErrors `forbidden` as `demandReach`, and `not-found` also
 * for a user of another group: who is there is not a group admin's to know.
 */
export async function demandReachOf(reader: Reader, caller: UserCaller, user: string): Promise<UserRecord> {
  const reach = await demandReach({ db: { read: reader } }, caller);
  const found = await findUser(reader, user);
  if (found === undefined || !isWithin(reach, found.group_id)) {
    throw new MailError('not-found', `no user ${user}`, { reason: 'user', params: { user } });
  }
  return found;
}

/**
 * As `demandReachOf`, for acts that change how somebody comes in. A group admin has no such power over organisation admins,
 * nor over admins of a group that is not his: by a reset he would gain what they have. MailError `forbidden`, reason
 * `admin-of-more`.
 */
export async function demandPowerOver(reader: Reader, caller: UserCaller, user: string): Promise<UserRecord> {
  const found = await demandReachOf(reader, caller, user);
  const own = await findReach(reader, caller);
  if (own.all) return found;
  const theirs = await listGroupsOfAdmin(reader, found.id);
  if (found.admin === 1 || theirs.some((group) => !own.groups.includes(group))) {
    throw new MailError('forbidden', 'this user may do more than the caller', { reason: 'admin-of-more' });
  }
  return found;
}
