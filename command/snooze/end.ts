import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `snooze end ID…`: back to where they were before. */
export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const { ended } = await ask(storage.snooze.end.mutate({ ids: call.typed.words }));
  return { value: { ended }, text: fill(call.words().snoozeEnded, { n: ended }) };
}
