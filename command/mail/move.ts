import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { describeChange } from './bulk-outcome.ts';
import { checkSelection, readSelection } from './selection-options.ts';

export async function run(call: Call): Promise<Outcome> {
  checkSelection(call.typed);
  const connection = await call.connect();
  const selection = await readSelection(call.typed, connection);
  const to = call.typed.text('to') ?? '';
  return describeChange(call, await ask(connection.storage.mail.move.mutate({ selection, to })));
}
