import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findGroup } from './find-group.ts';

/** `group remove GROUP`: its users stay, in no group. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const { id, name } = await findGroup(connection, call.typed.words[0] ?? '');
  const value = await ask(connection.profile.group.remove.mutate({ id }));
  return { value, text: fill(call.words().groupRemoved, { name }) };
}
