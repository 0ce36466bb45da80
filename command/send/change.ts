import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { readTime } from './send-options.ts';
import { makeStatusValue } from './status-value.ts';
import { formatStatus } from './status-view.ts';

/** `send change ID --at TIME|now`: another time for what is held or scheduled. */
export async function run(call: Call): Promise<Outcome> {
  const typed = call.typed.text('at') ?? '';
  const at = typed === 'now' ? typed : readTime(typed);
  const { storage } = await call.connect();
  const status = await ask(storage.sending.change.mutate({ id: call.typed.words[0] ?? '', at }));
  return { value: makeStatusValue(status), text: formatStatus(status, call) };
}
