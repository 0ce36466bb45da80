import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findOne } from './find-one.ts';

/** `user edit USER [--display-name T] [--email A]`; an empty value takes it away. */
export async function run(call: Call): Promise<Outcome> {
  const displayName = call.typed.text('display-name');
  const email = call.typed.text('email');
  if (displayName === undefined && email === undefined) throw makeUsageError('nothing-to-change');
  const { id, name, connection } = await findOne(call);
  await ask(
    connection.profile.user.edit.mutate({
      id,
      ...(displayName === undefined ? {} : { displayName: displayName || null }),
      ...(email === undefined ? {} : { email: email || null }),
    }),
  );
  return { value: { user: { id, name } }, text: fill(call.words().userSaved, { name }) };
}
