import { language } from '../../common/shapes/profile.ts';
import type { ProfileContext } from '../context.ts';
import { findItem } from '../profile/profile-store.ts';
import type { SignedInUser } from '../../common/shapes/session.ts';
import type { UserRecord } from './user-store.ts';

/** The user as clients see one; the language is the preference of the same name. */
export async function readSignedInUser(server: ProfileContext, user: UserRecord): Promise<SignedInUser> {
  const item = await findItem(server.db.read, user.id, 'preferences', 'language');
  const chosen = language.safeParse(JSON.parse(item?.value ?? 'null'));
  return {
    id: user.id,
    name: user.name,
    admin: user.admin === 1,
    language: chosen.success ? chosen.data : 'en',
  };
}
