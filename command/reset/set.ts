import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { askLine } from '../terminal.ts';
import { fill } from '../words/words.ts';

/** `second-address set ADDRESS`: has a code mailed there. Asks for the password. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const words = call.words();
  const password = call.env['VALIJA_PASSWORD'] || (await askLine(`${words.password}: `, false));
  const address = call.typed.words[0] ?? '';
  const value = await ask(profile.session.changeSecondAddress.mutate({ address, password }));
  return { value, text: fill(words.secondAddressSent, { address }) };
}
