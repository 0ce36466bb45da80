import { MailError } from '../../common/errors.ts';
import { CounterChanges, readCounters } from '../mailbox/counter-store.ts';
import { replaceMailbox } from './change-store.ts';
import type { MailCore } from './mail-core.ts';
import { advanceCounter } from './mail-store.ts';

/**
 * Mails of mailboxes that the profile no longer defines would be listed nowhere: they go to Trash, from where the user
 * can take them back (DESIGN 3). The profile is asked again before anything is moved.
 */
export async function rescueMails(core: MailCore, user: string, mailboxes: readonly string[]): Promise<void> {
  const trash = await core.home.findMailbox(user, 'trash');
  for (const mailbox of mailboxes) {
    if (await isDefined(core, user, mailbox)) continue;
    const modseq = await core.db.write(async (tx) => {
      const { modseq } = await advanceCounter(tx, user, 0);
      const counter = (await readCounters(tx, user)).get(mailbox);
      if (counter === undefined) return modseq;
      await replaceMailbox(tx, user, mailbox, { mailbox: trash.id, modseq });
      const { total, unread, bytes } = counter;
      const changes = new CounterChanges();
      changes.add(mailbox, { total: -total, unread: -unread, bytes: -bytes });
      changes.add(trash.id, counter);
      await changes.save(tx, user);
      return modseq;
    });
    core.events.publish(user, { type: 'changed', modseq });
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
