import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `directory oidc remove PROVIDER`: nobody comes in by it any more; its users stay. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { removed } = await ask(profile.directory.removeOidc.mutate({ id: call.typed.words[0] ?? '' }));
  return { value: { removed }, text: fill(call.words().wayInRemoved, { provider: removed }) };
}
