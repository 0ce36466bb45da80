import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findByName } from '../user/find-one.ts';

/** `send-limit remove USER`: what everybody may send holds for him again. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const typed = call.typed.words[0] ?? '';
  const { relay } = connection;
  // One who is gone still has the entry under his id.
  const known = (await ask(relay.limit.list.query())).limits.some((one) => one.user === typed);
  const user = known ? typed : (await findByName(connection, typed, 'domain-user')).id;
  await ask(relay.limit.set.mutate({ user, perHour: null, recipients: null, size: null }));
  return { value: { removed: user }, text: fill(call.words().limitRemoved, { id: typed }) };
}
