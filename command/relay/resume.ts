import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { findTarget } from './find-target.ts';
import { formatStatus } from './format-status.ts';
import { readTarget } from './target.ts';

/** `relay resume --all|--destination D|--account ADDRESS|ID`: what waited is due at once. */
export async function run(call: Call): Promise<Outcome> {
  const target = readTarget(call.typed);
  const connection = await call.connect();
  // An id is taken as it is: its account may have been removed while it was paused.
  const byId = 'account' in target && !target.account.includes('@');
  const found = byId ? target : await findTarget(connection, target);
  const status = await ask(connection.relay.control.resume.mutate(found));
  return { value: status, text: formatStatus(status, call) };
}
