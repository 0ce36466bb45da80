import { MailError } from '../../common/errors.ts';
import { ask, type Connection } from '../server/connection.ts';

export interface NamedUser {
  id: string;
  name: string;
}

/** Whom a name or an id means. MailError `not-found`. */
export async function findUser({ profile }: Connection, typed: string): Promise<NamedUser> {
  const [found] = (await ask(profile.user.find.query({ users: [typed] }))).users;
  if (found !== undefined) return found;
  throw new MailError('not-found', `no user ${typed}`, { reason: 'domain-user', params: { user: typed } });
}

/** How those users are called; an id of one who is gone stays as it is. */
export async function nameUsers({ profile }: Connection, ids: readonly string[]): Promise<NamedUser[]> {
  if (ids.length === 0) return [];
  const { users } = await ask(profile.user.find.query({ users: ids.slice(0, 1000) }));
  return ids.map((id) => ({ id, name: users.find((user) => user.id === id)?.name ?? id }));
}
