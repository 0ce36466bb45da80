import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `directory ldap remove`: its passwords are no longer good here; its users stay. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const { removed } = await ask(profile.directory.removeLdap.mutate());
  return { value: { removed }, text: fill(call.words().wayInRemoved, { provider: removed }) };
}
