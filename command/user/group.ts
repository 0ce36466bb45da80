import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { findGroup } from '../group/find-group.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findOne } from './find-one.ts';

/** `user group USER GROUP`, or `--none`. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const named = typed.words[1];
  if (named === undefined && !typed.has('none'))
    throw makeUsageError('missing-argument', { argument: 'GROUP' });
  if (named !== undefined && typed.has('none')) {
    throw makeUsageError('not-together', { option: '--none', other: 'GROUP' });
  }
  const { id, name, connection } = await findOne(call);
  const group = named === undefined ? null : await findGroup(connection, named);
  await ask(connection.profile.user.setGroup.mutate({ id, group: group?.id ?? null }));
  const words = call.words();
  const text = fill(group === null ? words.userNoGroup : words.userGroup, { name, group: group?.name ?? '' });
  const shown = group === null ? null : { id: group.id, name: group.name };
  return { value: { user: { id, name }, group: shown }, text };
}
