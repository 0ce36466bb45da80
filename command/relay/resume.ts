import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { formatStatus } from './format-status.ts';
import { readTarget } from './target.ts';

/** `relay resume --all|--destination D|--account ID`: what waited is due at once. */
export async function run(call: Call): Promise<Outcome> {
  const target = readTarget(call.typed);
  const { relay } = await call.connect();
  const status = await ask(relay.control.resume.mutate(target));
  return { value: status, text: formatStatus(status, call) };
}
