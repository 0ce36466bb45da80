import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';

/** `second-address show`. */
export async function run(call: Call): Promise<Outcome> {
  const { profile } = await call.connect();
  const value = await ask(profile.session.secondAddress.query());
  const words = call.words();
  const state = value.proven ? words['secondAddress/proven'] : words['secondAddress/unproven'];
  const text = value.address === null ? words['secondAddress/none'] : `${value.address}  ${state}`;
  return { value, text };
}
