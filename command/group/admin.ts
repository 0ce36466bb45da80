import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findByName, type NamedUser } from '../user/find-one.ts';
import { findGroup } from './find-group.ts';

/** `group admin GROUP [--add USER]… [--remove USER]…`: who looks after the group. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  if (!typed.has('add') && !typed.has('remove')) throw makeUsageError('nothing-to-change');
  const connection = await call.connect();
  const find = async (names: string[]): Promise<NamedUser[]> =>
    await Promise.all(names.map(async (name) => await findByName(connection, name)));
  const group = await findGroup(connection, typed.words[0] ?? '');
  const added = await find(typed.texts('add'));
  const ended = new Set((await find(typed.texts('remove'))).map(({ id }) => id));
  const kept = group.admins.filter(({ id }) => !added.some((one) => one.id === id));
  const admins = [...kept, ...added].filter(({ id }) => !ended.has(id)).map(({ id, name }) => ({ id, name }));
  await ask(connection.profile.group.setAdmins.mutate({ id: group.id, users: admins.map(({ id }) => id) }));
  const names = admins.map(({ name }) => name).join(', ') || '–';
  return {
    value: { group: { id: group.id, name: group.name }, admins },
    text: fill(call.words().groupAdmins, { name: group.name, names }),
  };
}
