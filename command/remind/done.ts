import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `remind done ID`. */
export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const { removed } = await ask(storage.remind.done.mutate({ mail: call.typed.words[0] ?? '' }));
  return { value: { removed }, text: fill(call.words().reminderRemoved, { id: removed }) };
}
