import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `domain remove DOMAIN`: nobody sends from it any more but by an account of his own. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { removed } = await ask(profile.domain.remove.mutate({ domain: call.typed.words[0] ?? '' }));
  return { value: { removed }, text: fill(call.words().domainRemoved, { domain: removed }) };
}
