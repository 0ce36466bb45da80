import { setImmediate } from 'node:timers/promises';
import { MailError } from '../../../common/errors.ts';
import { changeStates } from './change-states.ts';
import { findStatesIn } from './change-store.ts';
import type { MailCore } from '../mail-core.ts';
import { advanceCounter } from '../mail-store.ts';

/** In one transaction; other work takes its turn between two. */
const STEP = 1000;

/**
 * Mails of mailboxes that the profile no longer defines would be listed nowhere: they go to Trash, from where the user
 * can take them back. The profile is asked again before anything is moved.
 */
export async function rescueMails(core: MailCore, user: string, mailboxes: readonly string[]): Promise<void> {
  const trash = await core.home.findMailbox(user, 'trash');
  for (const mailbox of mailboxes) {
    if (await isDefined(core, user, mailbox)) continue;
    await emptyInto(core, user, mailbox, trash.id);
  }
}

async function isDefined(core: MailCore, user: string, mailbox: string): Promise<boolean> {
  try {
    await core.home.findMailbox(user, mailbox);
    return true;
  } catch (error) {
    if (error instanceof MailError && error.code === 'not-found') return false;
    throw error;
  }
}

/** Moves everything that lies in a mailbox into another one, in steps of their own; answers how many mails. */
async function emptyInto(core: MailCore, user: string, from: string, to: string): Promise<number> {
  let moved = 0;
  for (;;) {
    const { count, modseq } = await core.db.write(async (tx) => {
      const { modseq } = await advanceCounter(tx, user, 0);
      const states = await findStatesIn(tx, user, from, STEP);
      await changeStates(core, tx, user, { states, change: () => ({ mailbox: to }), modseq });
      return { count: states.length, modseq };
    });
    if (count > 0) core.events.publish(user, { type: 'changed', modseq });
    moved += count;
    if (count < STEP) return moved;
    await setImmediate();
  }
}
