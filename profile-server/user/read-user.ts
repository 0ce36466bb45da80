import type { ProfileContext } from '../context.ts';
import { findLanguage } from '../profile/find-language.ts';
import type { SignedInUser } from '../../common/shapes/session.ts';
import type { UserRecord } from './user-store.ts';

/** The user as clients see one; the language is the preference of the same name. */
export async function readSignedInUser(server: ProfileContext, user: UserRecord): Promise<SignedInUser> {
  return {
    id: user.id,
    name: user.name,
    admin: user.admin === 1,
    language: (await findLanguage(server.db.read, user.id)) ?? 'en',
  };
}
