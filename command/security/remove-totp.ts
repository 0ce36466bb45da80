import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { askProof } from './ask-proof.ts';

/** `totp remove`: the authenticator app's codes are worth nothing any more. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  await ask(profile.factor.removeTotp.mutate({ proof: await askProof(call) }));
  return { value: { removed: 'totp' }, text: fill(call.words().factorRemoved, { id: 'totp' }) };
}
