import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `oauth remove PROVIDER`: nobody can sign in there any more, and an own provider is gone. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { removed } = await ask(profile.oauth.removeClient.mutate({ provider: call.typed.words[0] ?? '' }));
  return { value: { removed }, text: fill(call.words().clientRemoved, { provider: removed }) };
}
