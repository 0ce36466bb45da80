import { MailError } from '../../../common/errors.ts';
import type { MailRow } from '../../../common/shapes/mail.ts';
import type { MailCore } from '../mail-core.ts';
import { findMails } from '../mail-store.ts';
import { toRows } from '../read-mails.ts';
import { resolveThread } from './alias-store.ts';
import { findStatesOf } from './merge-store.ts';

/** More mails of one conversation are not shown at once: the newest are. */
const MOST_SHOWN = 500;

/** The mails of a conversation, named by its id or by one of its mails', out of all mailboxes, the oldest first. */
export async function showThread(core: MailCore, user: string, id: string): Promise<MailRow[]> {
  const { read } = core.db;
  const thread = await resolveThread(read, user, await findThread(core, user, id));
  const states = await findStatesOf(read, user, [thread]);
  if (states.length === 0) throw new MailError('not-found', 'no such conversation', { reason: 'mail' });
  const chosen = states.toSorted((a, b) => a.date - b.date || a.id - b.id).slice(-MOST_SHOWN);
  const records = await findMails(
    read,
    user,
    chosen.map((state) => state.id),
  );
  return await toRows(
    core,
    user,
    records.toSorted((a, b) => a.date - b.date || a.id - b.id),
  );
}

async function findThread(core: MailCore, user: string, id: string): Promise<number> {
  if (id.startsWith('t')) return core.ids.readThread(user, id);
  const [mail] = await findMails(core.db.read, user, [core.ids.read(user, id)]);
  if (mail === undefined) throw new MailError('not-found', 'no such mail', { reason: 'mail' });
  return mail.thread;
}
