import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `part shut-out ID`: for a server that is gone, or whose key somebody else has. It comes back only with a code of `part add`. */
export async function run(call: Call): Promise<Outcome> {
  const [id = ''] = call.typed.words;
  const { profile } = await call.connect();
  await ask(profile.part.shutOut.mutate({ id }));
  return { value: { shutOut: id }, text: fill(call.words().partShutOut, { id }) };
}
