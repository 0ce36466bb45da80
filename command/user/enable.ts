import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findOne } from './find-one.ts';

/** `user enable USER`: as before `user disable`. */
export async function run(call: Call): Promise<Outcome> {
  const { id, name, connection } = await findOne(call);
  await ask(connection.profile.user.enable.mutate({ id }));
  return { value: { user: { id, name }, state: 'active' }, text: fill(call.words().userLetIn, { name }) };
}
