import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `second-address prove ADDRESS --code C`. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const [address = ''] = call.typed.words;
  const code = call.typed.text('code') ?? '';
  const value = await ask(profile.session.proveSecondAddress.mutate({ address, code }));
  return { value, text: fill(call.words().secondAddressProven, { address }) };
}
