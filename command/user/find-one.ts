import { MailError } from '../../common/errors.ts';
import type { Call } from '../call.ts';
import { ask, type Connection } from '../server/connection.ts';

export interface NamedUser {
  id: string;
  name: string;
}

/** The user whom the first word means, by name or id; MailError `not-found`. */
export async function findOne(call: Call): Promise<NamedUser & { connection: Connection }> {
  const connection = await call.connect();
  const typed = call.typed.words[0] ?? '';
  const { id, name } = await findByName(connection, typed);
  return { id, name, connection };
}

/** Whom a name or an id means; MailError `not-found` with that reason. */
export async function findByName(
  { profile }: Connection,
  typed: string,
  reason: 'user' | 'domain-user' = 'user',
): Promise<NamedUser> {
  const [found] = (await ask(profile.user.find.query({ users: [typed] }))).users;
  if (found !== undefined) return found;
  throw new MailError('not-found', `no user ${typed}`, { reason, params: { user: typed } });
}
