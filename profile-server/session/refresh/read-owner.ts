import type { SignIn } from '../../../common/shapes/session.ts';
import { SMALL_PARTS } from '../../../common/shapes/small-parts.ts';
import type { ProfileContext } from '../../context.ts';
import { readProfile } from '../../profile/read-profile.ts';
import { readSignedInUser } from '../../user/read-user.ts';
import { findUser } from '../../user/user-store.ts';

/** Whose session goes on, and the profile: what a page that was just loaded asks for next. Empty where the user is gone. */
export async function readOwner(
  server: ProfileContext,
  id: string,
): Promise<Partial<Pick<SignIn, 'user' | 'profile'>>> {
  const user = await findUser(server.db.read, id);
  if (user === undefined) return {};
  const profile = await readProfile(server, id, { parts: SMALL_PARTS });
  return { user: await readSignedInUser(server, user), profile };
}
