import { FLAGS, type Flag } from '../../common/shapes/mail.ts';
import type { StorageCore } from '../context.ts';
import { changeStates } from '../mail/change/change-states.ts';
import { findStates } from '../mail/change/change-store.ts';
import { readLabels } from '../mail/mail-record.ts';
import { advanceCounter } from '../mail/mail-store.ts';

/** A mail as it shall be. */
export interface WantedState {
  id: number;
  /** Id. */
  mailbox: string;
  flags: readonly Flag[];
  labels: readonly string[];
}

/** Gives mails the mailbox, flags and labels that they had; how many were different. */
export async function putBack(
  core: Pick<StorageCore, 'db' | 'clock'> & { events?: StorageCore['events'] },
  user: string,
  wanted: readonly WantedState[],
): Promise<number> {
  if (wanted.length === 0) return 0;
  const byId = new Map(wanted.map((one) => [one.id, one]));
  const { changed, modseq } = await core.db.write(async (tx) => {
    const { modseq } = await advanceCounter(tx, user, 0);
    const states = await findStates(tx, user, [...byId.keys()]);
    const changed = await changeStates(core, tx, user, {
      states,
      modseq,
      change: ({ id, labels }) => {
        const { mailbox, flags, labels: addLabels } = byId.get(id)!;
        const removeFlags = FLAGS.filter((flag) => !flags.includes(flag));
        return { mailbox, addFlags: flags, removeFlags, addLabels, removeLabels: readLabels(labels) };
      },
    });
    return { changed, modseq };
  });
  if (changed > 0) core.events?.publish(user, { type: 'changed', modseq });
  return changed;
}
