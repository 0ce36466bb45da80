import { MailError } from '../../../common/errors.ts';
import type { Flag } from '../../../common/shapes/mail.ts';
import { DAY } from '../../../common/time.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { changeStates, listRemovable, removeStates } from './change-states.ts';
import * as store from './change-store.ts';
import type { MailCore } from '../mail-core.ts';
import type { MailChange, MailState } from '../mail-state.ts';
import { advanceCounter, readCounter } from '../mail-store.ts';

type Also = ((tx: Writer) => Promise<void>) | undefined;

/** Tombstones are kept this long. */
const TOMBSTONE_AGE = 30 * DAY;

/** Flags of many mails; how many changed. */
export async function flagMails(
  core: MailCore,
  user: string,
  ids: readonly string[],
  change: { add: readonly Flag[]; remove: readonly Flag[] },
  also: Also,
): Promise<number> {
  const wanted = { addFlags: change.add, removeFlags: change.remove };
  return await changeNamed(
    core,
    user,
    ids,
    also,
    async (tx, states, modseq) =>
      await changeStates(core, tx, user, { states, change: () => wanted, modseq }),
  );
}

/** Into another mailbox (role, id or path); how many were not there already. */
export async function moveMails(
  core: MailCore,
  user: string,
  ids: readonly string[],
  to: string,
  also: Also,
): Promise<number> {
  const { id: mailbox } = await core.home.findMailbox(user, to);
  return await changeNamed(
    core,
    user,
    ids,
    also,
    async (tx, states, modseq) =>
      await changeStates(core, tx, user, { states, change: () => ({ mailbox }), modseq }),
  );
}

/** For ever, and only out of Trash, Junk and Drafts. */
export async function removeMails(
  core: MailCore,
  user: string,
  ids: readonly string[],
  also: Also,
): Promise<number> {
  const removable = await listRemovable(core, user);
  return await changeNamed(core, user, ids, also, async (tx, states, modseq) => {
    if (states.some(({ mailbox }) => !removable.has(mailbox))) {
      throw new MailError('forbidden', 'only mails in Trash, Junk and Drafts can be removed for ever', {
        reason: 'remove-from-trash',
      });
    }
    return await removeStates(core, tx, user, { states, modseq });
  });
}

/** Raises the modseq of mails; their rows become what `also` says of them. */
export async function touchMails(
  core: MailCore,
  user: string,
  ids: readonly string[],
  also: ((tx: Writer) => Promise<MailChange | void>) | undefined,
): Promise<void> {
  await changeNamed(core, user, ids, undefined, async (tx, states, modseq) => {
    await touchStates(core, tx, user, { states, change: (await also?.(tx)) ?? {}, modseq });
    return states.length;
  });
}

/** The same within the transaction of something else that has advanced the user's counter; what is gone is passed over. */
export async function touchWithin(
  core: Pick<MailCore, 'clock' | 'ids'>,
  tx: Writer,
  user: string,
  ids: readonly string[],
  change: MailChange,
): Promise<void> {
  const { modseq } = await readCounter(tx, user);
  const numbers = [...new Set(ids.map((id) => core.ids.read(user, id)))];
  const states = await store.findStates(tx, user, numbers);
  await touchStates(core, tx, user, { states, change, modseq });
}

async function touchStates(
  core: Pick<MailCore, 'clock'>,
  tx: Writer,
  user: string,
  { states, change, modseq }: { states: readonly MailState[]; change: MailChange; modseq: number },
): Promise<void> {
  await changeStates(core, tx, user, { states, change: () => change, modseq });
  const mails = states.map(({ id }) => id);
  await store.updateGroup(tx, user, { mails, set: {} }, { modseq, at: core.clock.now() });
}

/** Ids that are nobody's or another's are `not-found`; of the user's own, those that are gone meanwhile are passed over. */
async function changeNamed(
  core: MailCore,
  user: string,
  ids: readonly string[],
  also: Also,
  work: (tx: Writer, states: MailState[], modseq: number) => Promise<number>,
): Promise<number> {
  const numbers = [...new Set(ids.map((id) => core.ids.read(user, id)))];
  const { changed, modseq } = await core.db.write(async (tx) => {
    const { modseq } = await advanceCounter(tx, user, 0);
    const states = await store.findStates(tx, user, numbers);
    if (states.length === 0) throw new MailError('not-found', 'no such mail', { reason: 'mail' });
    const changed = await work(tx, states, modseq);
    await also?.(tx);
    return { changed, modseq };
  });
  if (changed > 0) core.events.publish(user, { type: 'changed', modseq });
  return changed;
}

/** Once a day is enough: forgets what was removed longer ago than clients are promised to hear of it. */
export async function forgetRemoved(core: Pick<MailCore, 'db' | 'clock'>): Promise<void> {
  const before = core.clock.now() - TOMBSTONE_AGE;
  for (const { user, modseq } of await store.findOldTombstones(core.db.read, before)) {
    await core.db.write(async (tx) => await store.forgetTombstones(tx, user, modseq));
  }
}
