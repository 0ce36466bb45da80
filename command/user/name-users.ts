import { ask, type Connection } from '../server/connection.ts';
import type { NamedUser } from './find-one.ts';

/** How those users are called; an id of one who is gone, or whom the caller does not look after, stays as it is. */
export async function nameUsers(
  { profile, user: own }: Connection,
  ids: readonly string[],
): Promise<NamedUser[]> {
  const others = [...new Set(ids)].filter((id) => id !== own.id);
  const mayAsk = others.length > 0 && (own.admin || own.groupAdmin);
  const found = mayAsk ? (await ask(profile.user.find.query({ users: others.slice(0, 1000) }))).users : [];
  return ids.map((id) => ({ id, name: [own, ...found].find((user) => user.id === id)?.name ?? id }));
}
