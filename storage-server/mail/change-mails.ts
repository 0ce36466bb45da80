import { MailError } from '../../common/errors.ts';
import { FLAGS, type Flag } from '../../common/shapes/mail.ts';
import { DAY } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { CounterChanges } from '../mailbox/counter-store.ts';
import { markRemoved } from '../retrieval/removal-store.ts';
import * as store from './change-store.ts';
import type { MailCore } from './mail-core.ts';
import { countUnread, packFlags } from './mail-record.ts';
import { advanceCounter } from './mail-store.ts';

type Also = ((tx: Writer) => Promise<void>) | undefined;

/** Tombstones are kept this long (DESIGN 7). */
const TOMBSTONE_AGE = 30 * DAY;
const ALL = packFlags(FLAGS);

/** Flags of many mails; how many changed. */
export async function flagMails(
  core: MailCore,
  user: string,
  ids: readonly string[],
  change: { add: readonly Flag[]; remove: readonly Flag[] },
  also: Also,
): Promise<number> {
  const add = packFlags(change.add);
  const keep = ALL & ~packFlags(change.remove);
  return await changeMails(core, user, ids, also, async (tx, { states, modseq, counters }) => {
    const after = (flags: number): number => (flags | add) & keep;
    const changed = states.filter(({ flags }) => after(flags) !== flags);
    for (const { mailbox, flags } of changed) {
      counters.add(mailbox, { total: 0, unread: countUnread(after(flags)) - countUnread(flags), bytes: 0 });
    }
    await store.updateFlags(tx, user, listIds(changed), { add, keep, modseq });
    return changed.length;
  });
}

/** Into another mailbox (role, id or path); how many were not there already. */
export async function moveMails(
  core: MailCore,
  user: string,
  ids: readonly string[],
  to: string,
  also: Also,
): Promise<number> {
  const target = await core.home.findMailbox(user, to);
  return await changeMails(core, user, ids, also, async (tx, { states, modseq, counters }) => {
    const changed = states.filter(({ mailbox }) => mailbox !== target.id);
    for (const { mailbox, flags, size } of changed) {
      const unread = countUnread(flags);
      counters.add(mailbox, { total: -1, unread: -unread, bytes: -size });
      counters.add(target.id, { total: 1, unread, bytes: size });
    }
    await store.updateMailbox(tx, user, listIds(changed), { mailbox: target.id, modseq });
    return changed.length;
  });
}

/** For ever, and only out of Trash, Junk and Drafts. */
export async function removeMails(
  core: MailCore,
  user: string,
  ids: readonly string[],
  also: Also,
): Promise<number> {
  const { mailboxes } = await core.home.readProfile(user);
  const removable = new Set(
    mailboxes
      .filter(({ role }) => role === 'trash' || role === 'junk' || role === 'drafts')
      .map(({ id }) => id),
  );
  return await changeMails(core, user, ids, also, async (tx, { states, modseq, counters }) => {
    if (states.some(({ mailbox }) => !removable.has(mailbox))) {
      throw new MailError('forbidden', 'only mails in Trash, Junk and Drafts can be removed for ever', {
        reason: 'remove-from-trash',
      });
    }
    for (const { mailbox, flags, size } of states) {
      counters.add(mailbox, { total: -1, unread: -countUnread(flags), bytes: -size });
    }
    const at = core.clock.now();
    const removed = states.map(({ id }) => ({ id: core.ids.mail(user, id), number: id }));
    await markRemoved(tx, user, removed, at);
    await store.deleteMails(tx, user, listIds(states), { modseq, at });
    return states.length;
  });
}

/** Raises the modseq of mails whose row stays as it is. */
export async function touchMails(
  core: MailCore,
  user: string,
  ids: readonly string[],
  also: Also,
): Promise<void> {
  await changeMails(core, user, ids, also, async (tx, { states, modseq }) => {
    await store.updateFlags(tx, user, listIds(states), { add: 0, keep: ALL, modseq });
    return states.length;
  });
}

interface Change {
  states: store.MailState[];
  modseq: number;
  counters: CounterChanges;
}

/** Ids that are nobody's or another's are `not-found`; of the user's own, those that are gone meanwhile are passed over. */
async function changeMails(
  core: MailCore,
  user: string,
  ids: readonly string[],
  also: Also,
  work: (tx: Writer, change: Change) => Promise<number>,
): Promise<number> {
  const numbers = [...new Set(ids.map((id) => core.ids.read(user, id)))];
  const { changed, modseq } = await core.db.write(async (tx) => {
    const { modseq } = await advanceCounter(tx, user, 0);
    const states = await store.findStates(tx, user, numbers);
    if (states.length === 0) throw new MailError('not-found', 'no such mail', { reason: 'mail' });
    const counters = new CounterChanges();
    const changed = await work(tx, { states, modseq, counters });
    await counters.save(tx, user);
    await also?.(tx);
    return { changed, modseq };
  });
  if (changed > 0) core.events.publish(user, { type: 'changed', modseq });
  return changed;
}

function listIds(states: readonly store.MailState[]): number[] {
  return states.map(({ id }) => id);
}

/** Once a day is enough: forgets what was removed longer ago than clients are promised to hear of it. */
export async function forgetRemoved(core: Pick<MailCore, 'db' | 'clock'>): Promise<void> {
  const before = core.clock.now() - TOMBSTONE_AGE;
  for (const { user, modseq } of await store.findOldTombstones(core.db.read, before)) {
    await core.db.write(async (tx) => await store.forgetTombstones(tx, user, modseq));
  }
}
