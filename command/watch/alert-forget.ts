import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `alert forget ID`: nobody is told there any more. */
export async function run(call: Call): Promise<Outcome> {
  const id = call.typed.words[0] ?? '';
  const { profile } = await call.connect();
  await ask(profile.alert.removeTarget.mutate({ id }));
  return { value: { removed: id }, text: fill(call.words().alertForgotten, { id }) };
}
