import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `alert test ID`: sends a message there that says that it is a test. */
export async function run(call: Call): Promise<Outcome> {
  const id = call.typed.words[0] ?? '';
  const { profile } = await call.connect();
  await ask(profile.alert.test.mutate({ id }));
  return { value: { sent: id }, text: fill(call.words().alertTested, { id }) };
}
