import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { askProof } from './ask-proof.ts';

/** `passkey remove ID`. */
export async function run(call: Call): Promise<Outcome> {
  const [id = ''] = call.typed.words;
  const { profile } = await call.connect();
  await ask(profile.factor.removePasskey.mutate({ id, proof: await askProof(call) }));
  return { value: { removed: id }, text: fill(call.words().factorRemoved, { id }) };
}
