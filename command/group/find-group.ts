import { MailError } from '../../common/errors.ts';
import { foldName } from '../../common/fold-name.ts';
import { ask, type Connection } from '../server/connection.ts';

/** The group that a name or an id means; MailError `not-found`. */
export async function findGroup(
  { profile }: Connection,
  typed: string,
): Promise<{ id: string; name: string; admins: { id: string; name: string }[] }> {
  const { groups } = await ask(profile.group.list.query());
  const key = foldName(typed);
  const found = groups.find(({ id }) => id === typed) ?? groups.find(({ name }) => foldName(name) === key);
  if (found !== undefined) return found;
  throw new MailError('not-found', `no group ${typed}`, { reason: 'group', params: { group: typed } });
}
