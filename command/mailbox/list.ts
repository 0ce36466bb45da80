import type { Mailbox } from '../../common/shapes/mailbox.ts';
import type { Call, Outcome } from '../call.ts';
import { cut, formatSize, formatTable } from '../format.ts';
import { ask } from '../server/connection.ts';

export async function run(call: Call): Promise<Outcome> {
  const { storage } = await call.connect();
  const found = await ask(storage.mailbox.list.query());
  const mailboxes = found.mailboxes.map(viewMailbox);
  const words = call.words();
  const head = [words.id, words.unread, words.total, words.size, words.mailbox];
  const rows = mailboxes.map(({ id, unread, total, bytes, path }) => [
    id,
    String(unread),
    String(total),
    formatSize(bytes, call.language()),
    cut(path, 80),
  ]);
  return { value: { mailboxes }, text: formatTable([head, ...rows], [1, 2, 3]) };
}

function viewMailbox({ id, name, path, role, parent, total, unread, bytes }: Mailbox): Mailbox {
  return { id, name, path, role, parent, total, unread, bytes };
}
