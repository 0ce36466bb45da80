import type { Writer } from '../../../server-kit/database/database.ts';
import { PlaceChanges } from '../../mailbox/place-changes.ts';
import { markRemoved } from '../../retrieval/ledger/removal-store.ts';
import * as store from './change-store.ts';
import type { MailCore } from '../mail-core.ts';
import { type MailChange, type MailState, applyChange } from '../mail-state.ts';

/** A mail as it was and as it became. */
export interface ChangedMail {
  before: MailState;
  after: MailState;
}

/**
 * Within a transaction whose first statement was advanceCounter: gives each mail what `change` says of it, with
 * counters, labels and conversations. `changed` hears of those that became different; answers how many they are.
 */
export async function changeStates(
  core: Pick<MailCore, 'clock'>,
  tx: Writer,
  user: string,
  work: {
    states: readonly MailState[];
    change: (mail: MailState) => MailChange;
    modseq: number;
    changed?: (mails: ChangedMail[]) => void;
  },
): Promise<number> {
  const changed = work.states
    .map((before) => ({ before, after: applyChange(before, work.change(before)) }))
    .filter(({ before, after }) => before !== after);
  await writeChanged(core, tx, user, changed, work.modseq);
  work.changed?.(changed);
  return changed.length;
}

/** The same where it is decided already what the mails become. */
export async function writeChanged(
  core: Pick<MailCore, 'clock'>,
  tx: Writer,
  user: string,
  changed: readonly ChangedMail[],
  modseq: number,
): Promise<void> {
  const places = new PlaceChanges();
  for (const { before, after } of changed) places.replace(before, after);
  const at = core.clock.now();
  for (const group of groupChanges(changed)) await store.updateGroup(tx, user, group, { modseq, at });
  await places.save(tx, user);
}

/** Few statements for many mails: those in which the same columns get the same values are one group. */
export function groupChanges(changed: readonly ChangedMail[]): store.ChangeGroup[] {
  const groups = new Map<string, store.ChangeGroup>();
  for (const { before, after } of changed) {
    const set: store.ChangeGroup['set'] = {};
    if (after.mailbox !== before.mailbox) set.mailbox = after.mailbox;
    if (after.flags !== before.flags) set.flags = after.flags;
    if (after.labels !== before.labels) set.labels = after.labels;
    const key = JSON.stringify(set);
    const group = groups.get(key) ?? { mails: [], set };
    group.mails.push(after.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** For ever; the caller has seen that they may be. */
export async function removeStates(
  core: Pick<MailCore, 'clock' | 'ids'>,
  tx: Writer,
  user: string,
  { states, modseq }: { states: readonly MailState[]; modseq: number },
): Promise<number> {
  const places = new PlaceChanges();
  for (const state of states) places.replace(state, null);
  const at = core.clock.now();
  const removed = states.map(({ id }) => ({ id: core.ids.mail(user, id), number: id }));
  await markRemoved(tx, user, removed, at);
  await store.deleteMails(
    tx,
    user,
    removed.map(({ number }) => number),
    { modseq, at },
  );
  await places.save(tx, user);
  return states.length;
}

/** Ids of the mailboxes out of which mails may be removed for ever. */
export async function listRemovable(
  core: Pick<MailCore, 'home'>,
  user: string,
): Promise<ReadonlySet<string>> {
  const { mailboxes } = await core.home.readProfile(user);
  return new Set(
    mailboxes
      .filter(({ role }) => role === 'trash' || role === 'junk' || role === 'drafts')
      .map(({ id }) => id),
  );
}
