import { MINUTE } from '../../common/time.ts';
import { watchDue } from '../watch-due.ts';
import { type ReminderCore, isOver } from './is-over.ts';
import { makeReminders } from './make-reminders.ts';
import {
  type ReminderRow,
  dropReminder,
  listDueReminders,
  markDue,
  readNextReminder,
} from './reminder-store.ts';
import type { Reminders } from './reminders.ts';

export interface StartedReminders {
  reminders: Reminders;
  stop(): Promise<void>;
}

/** So long it is tried to find out whether the answer came; then the user is reminded all the same. */
const PATIENCE = 10 * MINUTE;

/** Makes reminders, and starts what tells of those whose time has come. */
export function startReminders(core: ReminderCore): StartedReminders {
  const watched = watchDue<ReminderRow>({
    clock: core.clock,
    log: core.log,
    event: 'reminder.loop-failed',
    list: async (now, limit, behind) => await listDueReminders(core.db.read, now, limit, behind),
    readNext: async (after) => await readNextReminder(core.db.read, after),
    take: async (reminder) => await remind(core, reminder),
  });
  return { reminders: makeReminders({ ...core, wake: watched.wake }), stop: watched.stop };
}

/** False: it could not be decided yet. */
async function remind(core: ReminderCore, reminder: ReminderRow): Promise<boolean> {
  const { user, mail, at } = reminder;
  let over: boolean;
  try {
    over = await isOver(core, reminder);
  } catch (error) {
    if (core.clock.now() - at < PATIENCE) {
      core.log.info('reminder.put-off', { mail, error });
      return false;
    }
    over = false;
  }
  const changed = await core.db.write(
    async (tx) => await (over ? dropReminder(tx, reminder) : markDue(tx, reminder)),
  );
  if (changed) core.events.publish(user, { type: 'reminder', mail });
  return true;
}
