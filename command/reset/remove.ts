import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { askLine } from '../terminal.ts';

/** `second-address remove`. Asks for the password. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const words = call.words();
  const password = call.env['VALIJA_PASSWORD'] || (await askLine(`${words.password}: `, false));
  await ask(profile.session.changeSecondAddress.mutate({ address: null, password }));
  return { value: { address: null, proven: false }, text: words['secondAddress/none'] };
}
