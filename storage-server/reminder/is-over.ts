import { MailError } from '../../common/errors.ts';
import type { StorageCore } from '../context.ts';
import type { UserProfile } from '../home/home.ts';
import { isAnswer } from './is-answer.ts';
import { type LaterMail, type ReminderRow, listLaterMails } from './reminder-store.ts';

export type ReminderCore = Pick<StorageCore, 'db' | 'clock' | 'events' | 'home' | 'ids' | 'log' | 'mails'>;

/** Whether nobody needs it any more: its mail is gone or thrown away, or the answer came. */
export async function isOver(core: ReminderCore, reminder: ReminderRow): Promise<boolean> {
  const { user, mail } = reminder;
  const [row] = await core.mails.readRows(user, [mail]);
  if (row === undefined || row.role === 'trash') return true;
  if (!reminder.unlessAnswered) return false;
  const later = await listLaterMails(core.db.read, user, core.ids.read(user, mail), reminder.since);
  if (later.length === 0) return false;
  const profile = await core.home.readProfile(user);
  for (const one of later) if (await answers(core, user, one, profile)) return true;
  return false;
}

async function answers(
  core: ReminderCore,
  user: string,
  { id, mailbox, from }: LaterMail,
  { mailboxes, identities, accounts }: UserProfile,
): Promise<boolean> {
  const own = [...identities.map(({ address }) => address), ...accounts.map(({ email }) => email)];
  const role = mailboxes.find((one) => one.id === mailbox)?.role ?? null;
  // The header is read only of what may be an answer.
  if (!isAnswer({ from, role, headers: [] }, own)) return false;
  try {
    const { headers } = await core.mails.show(user, core.ids.mail(user, id));
    return isAnswer({ from, role, headers }, own);
  } catch (error) {
    if (error instanceof MailError && error.code === 'not-found') return false;
    throw error;
  }
}
