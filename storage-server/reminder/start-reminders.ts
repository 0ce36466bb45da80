import { MINUTE, SECOND } from '../../common/time.ts';
import { makeBell } from '../../server-kit/bell.ts';
import { repeat } from '../../server-kit/repeat.ts';
import { backOff } from '../sending/relay/relays.ts';
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

const AT_ONCE = 100;
/** A clock that was set is noticed after this long. */
const LOOK_MS = 30 * SECOND;
/** So long it is tried to find out whether the answer came; then the user is reminded all the same. */
const PATIENCE = 10 * MINUTE;

/** Makes reminders, and starts what tells of those whose time has come. */
export function startReminders(core: ReminderCore): StartedReminders {
  const stopping = new AbortController();
  const { signal } = stopping;
  const bell = makeBell();
  const look = async (): Promise<number> => {
    const now = core.clock.now();
    let passed = 0;
    let last = now;
    const due = await listDueReminders(core.db.read, now, AT_ONCE);
    for (const reminder of due) {
      if (signal.aborted) return 0;
      if (await remind(core, reminder)) passed += 1;
      last = reminder.at;
    }
    // A full page of which none could be decided must not be looked at again and again.
    if (due.length === AT_ONCE && passed > 0) return 0;
    const next = await readNextReminder(core.db.read, due.length === AT_ONCE ? last : now);
    return next === null ? LOOK_MS : Math.min(Math.max(SECOND, next - now), LOOK_MS);
  };
  const onFailure = {
    log: core.log,
    event: 'reminder.loop-failed',
    pause: (failures: number) => Math.min(backOff(failures - 1), LOOK_MS),
  };
  const running = repeat(signal, onFailure, async () => {
    const { rings } = bell;
    const wait = await look();
    if (wait > 0) await bell.wait(rings, wait, signal);
  });
  return {
    reminders: makeReminders({ ...core, wake: () => bell.ring() }),
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
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
