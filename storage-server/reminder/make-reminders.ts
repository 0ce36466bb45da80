import { MailError } from '../../common/errors.ts';
import { REMINDER_LIMIT, type Reminder } from '../../common/shapes/reminder.ts';
import { formatTime } from '../../common/time.ts';
import { readLater } from '../read-later.ts';
import { type ReminderCore, isOver } from './is-over.ts';
import {
  type ReminderRow,
  countReminders,
  deleteReminder,
  dropReminder,
  findReminder,
  listReminders,
  saveReminder,
} from './reminder-store.ts';
import type { Reminders } from './reminders.ts';

/** `wake`: something may be due sooner than known so far. */
export function makeReminders(core: ReminderCore & { wake: () => void }): Reminders {
  const { db, events } = core;
  return {
    set: async (user, { mail, at, unlessAnswered }) => {
      const time = readLater(at, core.clock.now());
      const [row] = await core.mails.readRows(user, [mail]);
      if (row === undefined) throw new MailError('not-found', 'no such mail', { reason: 'mail' });
      const since = await core.mails.readModseq(user);
      const reminder = { user, mail, at: time, unlessAnswered, since };
      await db.write(async (tx) => {
        const known = await findReminder(tx, user, mail);
        if (known === null && (await countReminders(tx, user)) >= REMINDER_LIMIT) throw refuseMore();
        await saveReminder(tx, reminder);
      });
      events.publish(user, { type: 'reminder', mail });
      core.wake();
      return { mail: row, at: formatTime(time), unlessAnswered, state: 'waiting' };
    },
    list: async (user) => await listShown(core, user, await listReminders(db.read, user)),
    remove: async (user, mail) => {
      const removed = await db.write(async (tx) => await deleteReminder(tx, user, mail));
      if (!removed) throw new MailError('not-found', 'no such reminder', { reason: 'reminder' });
      events.publish(user, { type: 'reminder', mail });
    },
  };
}

/** What was answered meanwhile, or whose mail is gone, is gone too; what was thrown away may be taken out of Trash before its time. */
async function listShown(
  core: ReminderCore,
  user: string,
  reminders: readonly ReminderRow[],
): Promise<Reminder[]> {
  const ids = reminders.map(({ mail }) => mail);
  const rows = new Map((await core.mails.readRows(user, ids)).map((row) => [row.id, row]));
  const shown: Reminder[] = [];
  for (const reminder of reminders) {
    const mail = rows.get(reminder.mail);
    if (mail?.role === 'trash' && reminder.state === 'waiting') continue;
    if (mail === undefined || (await isOver(core, reminder))) {
      await core.db.write(async (tx) => await dropReminder(tx, reminder));
      continue;
    }
    const { at, unlessAnswered, state } = reminder;
    shown.push({ mail, at: formatTime(at), unlessAnswered, state });
  }
  return shown;
}

function refuseMore(): MailError {
  return new MailError('quota', 'too many reminders', {
    reason: 'too-many',
    params: { limit: REMINDER_LIMIT },
  });
}
