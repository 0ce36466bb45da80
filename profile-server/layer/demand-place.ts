import { MailError } from '../../common/errors.ts';
import { ORGANISATION } from '../../common/shapes/layer.ts';
import type { UserCaller } from '../../server-kit/auth/caller.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { findGroup } from '../group/group-store.ts';
import { demandReach, isWithin } from '../group/reach.ts';

/** MailError `not-found` for a group that is not there. */
export async function demandPlace(reader: Reader, of: string): Promise<void> {
  if (of !== ORGANISATION && (await findGroup(reader, of)) === undefined) throw refuse(of);
}

/**
 * The organisation's layer is for its own admins, a group's for those of that group too. MailErrors `forbidden` with reason
 * `admins-only`, and `not-found` also for a group of others.
 */
export async function demandReachOfPlace(reader: Reader, caller: UserCaller, of: string): Promise<void> {
  const reach = await demandReach({ db: { read: reader } }, caller);
  if (reach.all) return;
  if (of === ORGANISATION) {
    throw new MailError('forbidden', 'only admins of the organisation may do this', {
      reason: 'admins-only',
    });
  }
  if (!isWithin(reach, of)) throw refuse(of);
}

function refuse(group: string): MailError {
  return new MailError('not-found', `no group ${group}`, { reason: 'group', params: { group } });
}
