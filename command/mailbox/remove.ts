import type { Call, Outcome } from '../call.ts';
import { describeChange } from '../mail/bulk-outcome.ts';
import { ask } from '../server/connection.ts';
import { findOwnMailbox, readOwnMailboxes } from './own-mailboxes.ts';

/** `mailbox remove MAILBOX`: its mails go to Trash first, then its definition goes. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const own = await readOwnMailboxes(connection);
  const { id } = findOwnMailbox(own, call.typed.words[0] ?? '');
  const withChildren = call.typed.has('with-children');
  const emptied = await ask(connection.storage.mailbox.remove.mutate({ id, withChildren }));
  for (const gone of emptied.mailboxes) {
    const base = own.find((one) => one.id === gone)?.revision ?? null;
    const change = { part: 'mailboxes' as const, id: gone, base, value: null };
    await ask(connection.profile.profile.change.mutate(change));
  }
  // Its operation is not told: there is no mailbox any more that the mails could go back to.
  const { text } = describeChange(call, { changed: emptied.changed, operation: null });
  return { value: { removed: emptied.mailboxes, changed: emptied.changed }, text };
}
