import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `send-limit remove USER`: what everybody may send holds for him again. */
export async function run(call: Call): Promise<Outcome> {
  const { relay } = await call.connect();
  const user = call.typed.words[0] ?? '';
  await ask(relay.limit.set.mutate({ user, perHour: null, recipients: null, size: null }));
  return { value: { removed: user }, text: fill(call.words().limitRemoved, { id: user }) };
}
