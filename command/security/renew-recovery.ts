import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { askProof } from './ask-proof.ts';
import { formatRecovery } from './format-recovery.ts';

/** `factor recovery`: ten new codes in place of those that are left. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const made = await ask(profile.factor.newRecovery.mutate({ proof: await askProof(call) }));
  return { value: made, text: formatRecovery(call, made.recovery) };
}
