import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findOne } from './find-one.ts';

/** `user admin USER [--off]`: makes an administrator of the organisation, or none any more. */
export async function run(call: Call): Promise<Outcome> {
  const admin = !call.typed.has('off');
  const { id, name, connection } = await findOne(call);
  await ask(connection.profile.user.setAdmin.mutate({ id, admin }));
  const words = call.words();
  const text = fill(admin ? words.userAdmin : words.userNoAdmin, { name });
  return { value: { user: { id, name, admin } }, text };
}
