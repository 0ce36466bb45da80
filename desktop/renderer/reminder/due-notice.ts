import type { Mailbox } from '../../../common/shapes/mailbox.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { nameOf } from '../mail/people.ts';
import { forgetWithSession } from '../session/forget.ts';
import { native } from '../session/native.ts';
import { tell } from '../shell/notices.ts';
import { openReminder } from './open-reminder.ts';
import { laterTexts } from '../text/later.ts';
import { say } from '../text/text.ts';
import { remindersQuery } from './reminders.ts';

/** Reminders that were told here, each with its time. */
const told = new Set<string>();
forgetWithSession(() => told.clear());

/** A reminder became due, was set or taken away: the list is read again, and what is due is said, once. */
export async function tellDue(mail: string): Promise<void> {
  const found = await queries.fetchQuery({ ...remindersQuery, staleTime: 0 }).catch(() => []);
  const due = found.find((one) => one.mail.id === mail && one.state === 'due');
  if (due === undefined || told.has(`${mail} ${due.at}`)) return;
  told.add(`${mail} ${due.at}`);
  const subject = due.mail.subject || say(laterTexts, 'no-subject');
  tell({
    kind: 'done',
    text: say(laterTexts, 'remind-due', { subject }),
    action: { label: say(laterTexts, 'remind-open'), run: () => openReminder(due.mail) },
    lasts: null,
  });
  const sender = due.mail.from[0];
  const inbox = queries.getQueryData<Mailbox[]>(['mailboxes'])?.find(({ role }) => role === 'inbox');
  const title = say(laterTexts, 'remind-due', { subject });
  const notice = { title, body: sender === undefined ? '' : nameOf(sender), mail };
  void native?.announce({ unread: inbox?.unread ?? 0, notice });
}
