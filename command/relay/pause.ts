import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { findTarget } from './find-target.ts';
import { formatStatus } from './format-status.ts';
import { readTarget } from './target.ts';

/** `relay pause --all|--destination D|--account ADDRESS|ID [--reason TEXT]`: nothing more of it is begun until it is resumed. */
export async function run(call: Call): Promise<Outcome> {
  const target = readTarget(call.typed);
  const reason = call.typed.text('reason') ?? '';
  const connection = await call.connect();
  const found = await findTarget(connection, target);
  const status = await ask(connection.relay.control.pause.mutate({ ...found, reason }));
  return { value: status, text: formatStatus(status, call) };
}
