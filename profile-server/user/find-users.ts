import type { Reader } from '../../server-kit/database/database.ts';
import { foldUserName } from './user-name.ts';
import { findUser, findUserByName } from './user-store.ts';

export interface FoundUser {
  /** The name or id that was asked for. */
  asked: string;
  id: string;
  name: string;
}

/** Whom names or ids mean; those that mean nobody are left out. */
export async function findUsers(reader: Reader, asked: readonly string[]): Promise<FoundUser[]> {
  const found: FoundUser[] = [];
  for (const one of asked) {
    // Whoever took another's id for a name is not meant by it.
    const user = (await findUser(reader, one)) ?? (await findUserByName(reader, foldUserName(one)));
    if (user !== undefined) found.push({ asked: one, id: user.id, name: user.name });
  }
  return found;
}
