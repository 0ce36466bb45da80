import type { SignedInUser } from '../../common/shapes/session.ts';
import type { ProfileContext } from '../context.ts';
import { findGroup, listGroupsOfAdmin } from '../group/group-store.ts';
import { findLanguage } from '../profile/find-language.ts';
import type { UserRecord } from './user-store.ts';

/** The user as clients see one; the language is the preference of the same name. */
export async function readSignedInUser(server: ProfileContext, user: UserRecord): Promise<SignedInUser> {
  const { read } = server.db;
  const group = user.group_id === null ? undefined : await findGroup(read, user.group_id);
  return {
    id: user.id,
    name: user.name,
    admin: user.admin === 1,
    language: (await findLanguage(read, user.id)) ?? 'en',
    groupAdmin: (await listGroupsOfAdmin(read, user.id)).length > 0,
    displayName: user.display_name,
    group: group === undefined ? null : { id: group.id, name: group.name },
  };
}
