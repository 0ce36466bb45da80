import type { Call, Outcome } from '../call.ts';
import { ask, findServer } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findOne } from './find-one.ts';

/** `user invite USER`: a new code for somebody who has not come yet; the one before is worth nothing. */
export async function run(call: Call): Promise<Outcome> {
  const { id, name, connection } = await findOne(call);
  const { code } = await ask(connection.profile.user.invite.mutate({ id }));
  const values = { name, code, server: findServer(call.env) };
  return { value: { user: { id, name }, code }, text: fill(call.words().userInvitation, values) };
}
