import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findOne } from './find-one.ts';

/** `user disable USER`: signed out everywhere within seconds, nothing is fetched; mail and settings stay. */
export async function run(call: Call): Promise<Outcome> {
  const { id, name, connection } = await findOne(call);
  await ask(connection.profile.user.disable.mutate({ id }));
  return { value: { user: { id, name }, state: 'disabled' }, text: fill(call.words().userShutOut, { name }) };
}
