import type { Call, Outcome } from '../call.ts';
import { ask } from '../server/connection.ts';
import { fill } from '../words/words.ts';
import { findOwnMailbox, makePath, readOwnMailboxes, splitPath, viewOwnMailbox } from './own-mailboxes.ts';

/** `mailbox rename MAILBOX PATH`: also into another mailbox, or to the top. */
export async function run(call: Call): Promise<Outcome> {
  const [typed = '', path = ''] = call.typed.words;
  const names = splitPath(path);
  const connection = await call.connect();
  const { revision, ...mailbox } = findOwnMailbox(await readOwnMailboxes(connection), typed);
  const parent = await makePath(connection, names.slice(0, -1));
  const value = { ...mailbox, name: names.at(-1) ?? '', parent };
  const { id } = mailbox;
  await ask(connection.profile.profile.change.mutate({ part: 'mailboxes', id, base: revision, value }));
  const renamed = await viewOwnMailbox(connection, id);
  return { value: renamed, text: fill(call.words().mailboxRenamed, { path: renamed.path }) };
}
