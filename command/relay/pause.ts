import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { formatStatus } from './format-status.ts';
import { readTarget } from './target.ts';

/** `relay pause --all|--destination D|--account ID [--reason TEXT]`: nothing more of it is begun until it is resumed. */
export async function run(call: Call): Promise<Outcome> {
  const target = readTarget(call.typed);
  const reason = call.typed.text('reason') ?? '';
  const { relay } = await call.connect();
  const status = await ask(relay.control.pause.mutate({ ...target, reason }));
  return { value: status, text: formatStatus(status, call) };
}
