import { MailError } from '../../common/errors.ts';
import type { ProfileContext } from '../context.ts';
import { findPart, type PartRecord } from './part-store.ts';
import { findUser, type UserRecord } from '../user/user-store.ts';

/** A storage-server hears only of users whose home it is; of others it does not even learn that they exist. */
export async function demandHome(server: ProfileContext, part: string, user: string): Promise<UserRecord> {
  const found = await findUser(server.db.read, user);
  if (found === undefined || found.home !== part) {
    throw new MailError('not-found', `no user ${user} at this home`, { reason: 'not-at-home' });
  }
  return found;
}

/** The storage-server that clients of a user talk to; none when it was shut out or there is none yet. */
export async function findHome(server: ProfileContext, home: string | null): Promise<PartRecord | undefined> {
  const part = home === null ? undefined : await findPart(server.db.read, home);
  return part?.state === 'active' ? part : undefined;
}
