import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `passkey rename ID NAME`. */
export async function run(call: Call): Promise<Outcome> {
  const [id = '', name = ''] = call.typed.words;
  const { profile } = await call.connect();
  await ask(profile.factor.renamePasskey.mutate({ id, name }));
  return { value: { id, name }, text: fill(call.words().passkeyRenamed, { name }) };
}
