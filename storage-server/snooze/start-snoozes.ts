import { MailError } from '../../common/errors.ts';
import { DAY } from '../../common/time.ts';
import { changeStates } from '../mail/change/change-states.ts';
import { findStates } from '../mail/change/change-store.ts';
import { advanceCounter } from '../mail/mail-store.ts';
import { watchDue } from '../watch-due.ts';
import { isPutOff } from './is-put-off.ts';
import { makeSnoozes, type SnoozeCore } from './make-snoozes.ts';
import * as store from './snooze-store.ts';
import type { Snoozes } from './snoozes.ts';

export interface StartedSnoozes {
  snoozes: Snoozes;
  stop(): Promise<void>;
}

/** So long a mail that came back stands among the mails of the moment at which it did. */
const BACK_FOR = 30 * DAY;

/** Makes it possible to put mails off, and starts what brings them back. */
export function startSnoozes(core: SnoozeCore): StartedSnoozes {
  const watched = watchDue<store.SnoozeRow>({
    clock: core.clock,
    log: core.log,
    event: 'snooze.loop-failed',
    list: async (now, limit, behind) => await store.listDueSnoozes(core.db.read, now, limit, behind),
    readNext: async (after) => await store.readNextSnooze(core.db.read, after),
    take: async (row) => await tryToBring(core, row),
  });
  return { snoozes: makeSnoozes({ ...core, wake: watched.wake }), stop: watched.stop };
}

/** One user whose profile cannot be read now does not hold up the others. */
async function tryToBring(core: SnoozeCore, row: store.SnoozeRow): Promise<boolean> {
  try {
    await bringBack(core, row);
    return true;
  } catch (error) {
    // Whose home is elsewhere now has it there, if he has it still.
    if (error instanceof MailError && error.reason === 'not-at-home') {
      await core.db.write(async (tx) => await store.deleteSnoozes(tx, row.user, [row.mail]));
      return true;
    }
    core.log.warn('snooze.put-off', { mail: core.ids.mail(row.user, row.mail), error });
    return false;
  }
}

async function bringBack(core: SnoozeCore, { user, mail, at }: store.SnoozeRow): Promise<void> {
  const { id: inbox } = await core.home.findMailbox(user, 'inbox');
  const { modseq, back } = await core.db.write(async (tx) => {
    const { modseq } = await advanceCounter(tx, user, 0);
    const [row] = await store.findSnoozes(tx, user, [mail]);
    // Put off again or ended meanwhile.
    if (row === undefined || row.at !== at || row.state !== 'waiting') return { modseq, back: false };
    const places = await store.findPlaces(tx, user, [mail]);
    await store.forgetBack(tx, core.clock.now() - BACK_FOR);
    if (!isPutOff(row, places.get(mail))) {
      await store.deleteSnoozes(tx, user, [mail]);
      return { modseq, back: false };
    }
    const states = await findStates(tx, user, [mail]);
    const change = { mailbox: inbox, removeFlags: ['seen'] as const };
    await changeStates(core, tx, user, { states, change: () => change, modseq });
    const place = (await store.findPlaces(tx, user, [mail])).get(mail);
    const movedAt = place?.movedAt ?? 0;
    await store.saveSnoozes(tx, [{ ...row, state: 'back', mailbox: inbox, movedAt }]);
    return { modseq, back: true };
  });
  if (back) core.events.publish(user, { type: 'changed', modseq });
  core.events.publish(user, { type: 'snooze', mail: back ? core.ids.mail(user, mail) : null });
}
