import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `group add NAME`. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const value = await ask(profile.group.add.mutate({ name: call.typed.words[0] ?? '' }));
  return { value, text: fill(call.words().groupSaved, { name: value.group.name }) };
}
