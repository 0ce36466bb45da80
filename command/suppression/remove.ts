import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `suppression remove`: lets mail to these addresses be tried again. */
export async function run(call: Call): Promise<Outcome> {
  const addresses = [...new Set(call.typed.words)];
  const { storage } = await call.connect();
  const { removed } = await ask(storage.suppression.remove.mutate({ addresses }));
  return { value: { removed }, text: fill(call.words().suppressionsRemoved, { n: removed }) };
}
