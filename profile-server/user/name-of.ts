import type { Reader } from '../../server-kit/database/database.ts';
import { findUser } from './user-store.ts';

/** Names to show for ids of who acted; an id stays where no user is behind it (any more). */
export async function nameActors(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) names.set(id, (await findUser(reader, id))?.name ?? id);
  return names;
}
