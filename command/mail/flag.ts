import type { Flag } from '../../common/shapes/mail.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError, readChoice } from '../failure.ts';
import { ask } from '../server/connection.ts';
import { describeChange } from './bulk-outcome.ts';
import { checkSelection, readSelection } from './selection-options.ts';

const FLAGS: readonly Flag[] = ['seen', 'flagged', 'answered', 'forwarded', 'draft'];

/** `flag ID… --add F --remove F`: both may be repeated or name several, separated by commas. */
export async function run(call: Call): Promise<Outcome> {
  const add = readFlags(call, 'add');
  const remove = readFlags(call, 'remove');
  if (add.length + remove.length === 0)
    throw makeUsageError('one-of-two', { option: '--add', other: '--remove' });
  checkSelection(call.typed);
  const connection = await call.connect();
  const selection = await readSelection(call.typed, connection);
  return describeChange(call, await ask(connection.storage.mail.flag.mutate({ selection, add, remove })));
}

function readFlags(call: Call, option: string): Flag[] {
  const words = call.typed.texts(option).flatMap((value) => value.split(','));
  return words.map((word) => readChoice(`--${option}`, word.trim(), FLAGS));
}
