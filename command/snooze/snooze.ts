import type { Call, Outcome } from '../call.ts';
import { formatWhen } from '../format.ts';
import { checkSelection, readSelection } from '../mail/selection-options.ts';
import { readTime } from '../send/send-options.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';

/** `snooze ID… --until TIME`: out of their mailboxes, and back into the Inbox at that time. */
export async function run(call: Call): Promise<Outcome> {
  checkSelection(call.typed);
  const at = readTime(call.typed.text('until') ?? '', '--until');
  const connection = await call.connect();
  const selection = await readSelection(call.typed, connection);
  const { snoozed } = await ask(connection.storage.snooze.set.mutate({ selection, at }));
  const when = formatWhen(at, call.language());
  return { value: { snoozed }, text: fill(call.words().snoozedUntil, { n: snoozed.length, when }) };
}
