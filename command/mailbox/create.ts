import type { Call, Outcome } from '../call.ts';
import { fill } from '../words/words.ts';
import { addMailbox, makePath, splitPath, viewOwnMailbox } from './own-mailboxes.ts';

/** `mailbox create PATH`: with the mailboxes above it that are missing. */
export async function run(call: Call): Promise<Outcome> {
  const names = splitPath(call.typed.words[0] ?? '');
  const connection = await call.connect();
  const parent = await makePath(connection, names.slice(0, -1));
  const id = await addMailbox(connection, names.at(-1) ?? '', parent);
  const mailbox = await viewOwnMailbox(connection, id);
  return { value: mailbox, text: fill(call.words().mailboxCreated, { path: mailbox.path, id }) };
}
