import { setImmediate } from 'node:timers/promises';
import { MailError } from '../../../common/errors.ts';
import { makeId } from '../../../common/ids.ts';
import type { BulkChange, Selection } from '../../../common/shapes/selection.ts';
import { findPutOff } from '../../snooze/put-off-again.ts';
import { type ChangedMail, changeStates, listRemovable, removeStates } from '../change/change-states.ts';
import type { MailChange } from '../mail-state.ts';
import { advanceCounter } from '../mail-store.ts';
import type { Candidate } from './filter.ts';
import { packChanges } from './operation-part.ts';
import { addPart } from './operation-store.ts';
import { type Selected, type SelectionCore, resolveSelection } from './selected.ts';
import { findCandidates } from './selection-store.ts';

/** Mails of one step and what is to become of each; asked in the transaction, of the mail as it is then. */
export interface Step {
  numbers: readonly number[];
  change(mail: Candidate): MailChange;
}

/** The same change for all that is selected. */
export async function changeSelection(
  core: SelectionCore,
  user: string,
  selection: Selection,
  change: MailChange,
): Promise<BulkChange> {
  const selected = await resolveSelection(core, user, selection);
  return await runOperation(core, user, makeSteps(selected, change));
}

/** Everything out of some mailboxes into another, as one operation. */
export async function emptyMailboxes(
  core: SelectionCore,
  user: string,
  mailboxes: readonly string[],
  into: string,
): Promise<BulkChange> {
  const all = async function* (): AsyncGenerator<Step> {
    for (const mailbox of mailboxes) {
      const selected = await resolveSelection(core, user, { where: { mailbox }, except: [], upTo: null });
      yield* makeSteps(selected, { mailbox: into });
    }
  };
  return await runOperation(core, user, all());
}

async function* makeSteps(selected: Selected, change: MailChange): AsyncGenerator<Step> {
  for await (const numbers of selected.numbers()) {
    yield {
      numbers,
      change: (mail) => (selected.fits(mail) ? change : {}),
    };
  }
}

/**
 * Each step is one transaction with a modseq of its own that also keeps what undo needs. Stopped between two of them,
 * what is done is done, and undo takes it back.
 */
export async function runOperation(
  core: SelectionCore,
  user: string,
  steps: AsyncIterable<Step>,
): Promise<BulkChange> {
  const operation = makeId('op', core.random);
  let parts = 0;
  let total = 0;
  for await (const step of steps) {
    const { changed, modseq } = await core.db.write(async (tx) => {
      const { modseq } = await advanceCounter(tx, user, 0);
      const states = await findCandidates(tx, user, step.numbers);
      const putOff = await findPutOff(tx, user, step.numbers);
      let mails: ChangedMail[] = [];
      const changed = await changeStates(core, tx, user, {
        states,
        change: (mail) => step.change(mail as Candidate),
        modseq,
        changed: (all) => void (mails = all),
      });
      if (changed > 0) {
        const records = mails.map(({ before, after }) => ({ id: before.id, before, after }));
        const changes = packChanges(records, putOff);
        await addPart(tx, user, { operation, part: parts, changes, at: core.clock.now() });
      }
      return { changed, modseq };
    });
    if (changed > 0) {
      parts += 1;
      total += changed;
      core.events.publish(user, { type: 'changed', modseq });
    }
    await setImmediate();
  }
  return { changed: total, operation: total === 0 ? null : operation };
}

/** For ever, so without an operation to undo; only out of Trash, Junk and Drafts. */
export async function removeSelection(
  core: SelectionCore,
  user: string,
  selection: Selection,
): Promise<BulkChange> {
  const removable = await listRemovable(core, user);
  const selected = await resolveSelection(core, user, selection);
  for await (const mails of selected.steps()) demandRemovable(mails, removable);
  let changed = 0;
  for await (const mails of selected.steps()) {
    const done = await core.db.write(async (tx) => {
      const { modseq } = await advanceCounter(tx, user, 0);
      const found = await findCandidates(
        tx,
        user,
        mails.map(({ id }) => id),
      );
      const states = found.filter((mail) => removable.has(mail.mailbox) && selected.fits(mail));
      return { count: await removeStates(core, tx, user, { states, modseq }), modseq };
    });
    changed += done.count;
    await setImmediate();
    if (done.count > 0) core.events.publish(user, { type: 'changed', modseq: done.modseq });
  }
  return { changed, operation: null };
}

function demandRemovable(mails: readonly Candidate[], removable: ReadonlySet<string>): void {
  if (mails.every(({ mailbox }) => removable.has(mailbox))) return;
  throw new MailError('forbidden', 'only mails in Trash, Junk and Drafts can be removed for ever', {
    reason: 'remove-from-trash',
  });
}
