import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { makeStatusValue } from './status-value.ts';
import { formatStatus } from './status-view.ts';

/** `send cancel ID`: what is held or scheduled is a draft again. */
export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const status = await ask(storage.sending.cancel.mutate({ id: call.typed.words[0] ?? '' }));
  return { value: makeStatusValue(status), text: formatStatus(status, call) };
}
