import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { describeChange } from '../mail/bulk-outcome.ts';
import { checkSelection, readSelection } from '../mail/selection-options.ts';
import { ask } from '../server/connection.ts';

/** `label ID… --add NAME --remove NAME`: both may be repeated. */
export async function run(call: Call): Promise<Outcome> {
  const add = call.typed.texts('add');
  const remove = call.typed.texts('remove');
  if (add.length + remove.length === 0)
    throw makeUsageError('one-of-two', { option: '--add', other: '--remove' });
  checkSelection(call.typed);
  const connection = await call.connect();
  const selection = await readSelection(call.typed, connection);
  return describeChange(call, await ask(connection.storage.mail.label.mutate({ selection, add, remove })));
}
