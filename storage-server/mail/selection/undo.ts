import { setImmediate } from 'node:timers/promises';
import { MailError } from '../../../common/errors.ts';
import { DAY } from '../../../common/time.ts';
import { putOffAgain } from '../../snooze/put-off-again.ts';
import { type ChangedMail, writeChanged } from '../change/change-states.ts';
import { findStates } from '../change/change-store.ts';
import { advanceCounter } from '../mail-store.ts';
import { takeBack, unpackChanges, unpackPutOff } from './operation-part.ts';
import * as store from './operation-store.ts';
import type { SelectionCore } from './selected.ts';

/** How long an operation can be undone. */
const KEPT = DAY;

/** `skipped`: were changed meanwhile, are gone, or their mailbox is. */
export interface Undone {
  changed: number;
  skipped: number;
}

/**
 * Puts back what an operation changed, the last step first, each in a transaction that forgets the step: what was
 * stopped half-way goes on when it is asked for again. MailError `not-found` for one that is unknown, undone or too old.
 */
export async function undoOperation(core: SelectionCore, user: string, operation: string): Promise<Undone> {
  const found = await store.findOperation(core.db.read, user, operation);
  if (found === undefined || found.at < core.clock.now() - KEPT) {
    throw new MailError('not-found', 'no such operation', { reason: 'operation' });
  }
  const { mailboxes } = await core.home.readProfile(user);
  const known = new Set(mailboxes.map(({ id }) => id));
  const done: Undone = { changed: 0, skipped: 0 };
  for (;;) {
    const step = await undoStep(core, user, operation, known);
    if (step === null) return done;
    done.changed += step.changed;
    done.skipped += step.skipped;
    if (step.changed > 0) core.events.publish(user, { type: 'changed', modseq: step.modseq });
    if (step.snoozed > 0) core.events.publish(user, { type: 'snooze', mail: null });
    await setImmediate();
  }
}

async function undoStep(
  core: SelectionCore,
  user: string,
  operation: string,
  known: ReadonlySet<string>,
): Promise<(Undone & { snoozed: number; modseq: number }) | null> {
  return await core.db.write(async (tx) => {
    const { modseq } = await advanceCounter(tx, user, 0);
    const part = await store.findLastPart(tx, operation);
    if (part === undefined) {
      await store.deleteOperation(tx, operation);
      return null;
    }
    const changes = unpackChanges(part.changes);
    const numbers = changes.map(({ id }) => id);
    const states = new Map((await findStates(tx, user, numbers)).map((state) => [state.id, state]));
    const changed = changes.flatMap((change) => {
      const before = states.get(change.id);
      const after = before === undefined ? null : takeBack(before, change);
      return before === undefined || after === null || !known.has(after.mailbox) ? [] : [{ before, after }];
    });
    await writeChanged(core, tx, user, changed, modseq);
    const moved = new Set(changed.filter(isMoved).map(({ after }) => after.id));
    const putOff = unpackPutOff(part.changes).filter(({ mail }) => moved.has(mail));
    const snoozed = await putOffAgain(tx, user, putOff);
    await store.deletePart(tx, operation, part.part);
    return { changed: changed.length, skipped: changes.length - changed.length, snoozed, modseq };
  });
}

function isMoved({ before, after }: ChangedMail): boolean {
  return before.mailbox !== after.mailbox;
}

/** Once a day is enough: forgets what can no longer be undone. */
export async function forgetOperations(core: Pick<SelectionCore, 'db' | 'clock'>): Promise<void> {
  for (const operation of await store.findOldOperations(core.db.read, core.clock.now() - KEPT)) {
    await core.db.write(async (tx) => await store.deleteOperation(tx, operation));
  }
}
