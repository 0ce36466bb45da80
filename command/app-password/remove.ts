import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `app-password remove ID`: the program that uses it is signed out within seconds. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { removed } = await ask(profile.appPassword.remove.mutate({ id: call.typed.words[0] ?? '' }));
  return { value: { removed }, text: fill(call.words().appPasswordRemoved, { id: removed }) };
}
