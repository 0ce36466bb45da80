import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findGroup } from './find-group.ts';

/** `group rename GROUP NAME`. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const [typed = '', name = ''] = call.typed.words;
  const { id } = await findGroup(connection, typed);
  await ask(connection.profile.group.rename.mutate({ id, name }));
  return { value: { group: { id, name } }, text: fill(call.words().groupSaved, { name }) };
}
