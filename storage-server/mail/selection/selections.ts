import type { BulkChange, Selection } from '../../../common/shapes/selection.ts';
import type { MailChange } from '../mail-state.ts';
import {
  type Step,
  changeSelection,
  emptyMailboxes,
  removeSelection,
  runOperation,
} from './change-selection.ts';
import { type SelectionCount, countSelection } from './count-selection.ts';
import { type Selected, type SelectionCore, resolveSelection } from './selected.ts';
import { type Undone, undoOperation } from './undo.ts';

/** Changes of many mails at once, each of which can be undone for a day. Foreign ids and names: MailError `not-found`. */
export interface Selections {
  change(user: string, selection: Selection, change: MailChange): Promise<BulkChange>;
  /** For ever; MailError `forbidden` unless all of it lies in Trash, Junk or Drafts. */
  remove(user: string, selection: Selection): Promise<BulkChange>;
  count(user: string, selection: Selection): Promise<SelectionCount>;
  undo(user: string, operation: string): Promise<Undone>;
  /** All of these mailboxes (ids) into another, as one operation. */
  empty(user: string, mailboxes: readonly string[], into: string): Promise<BulkChange>;
  /** What is meant, in steps, for those who decide mail by mail and then `run` what they decided as one operation. */
  resolve(user: string, selection: Selection): Promise<Selected>;
  run(user: string, steps: AsyncIterable<Step>): Promise<BulkChange>;
}

export function makeSelections(core: SelectionCore): Selections {
  return {
    change: async (user, selection, change) => await changeSelection(core, user, selection, change),
    remove: async (user, selection) => await removeSelection(core, user, selection),
    count: async (user, selection) => await countSelection(core, user, selection),
    undo: async (user, operation) => await undoOperation(core, user, operation),
    empty: async (user, mailboxes, into) => await emptyMailboxes(core, user, mailboxes, into),
    resolve: async (user, selection) => await resolveSelection(core, user, selection),
    run: async (user, steps) => await runOperation(core, user, steps),
  };
}
