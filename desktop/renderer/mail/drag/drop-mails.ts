import { askSnoozeStore } from '../../snooze/snoozes.ts';
import { labelMails, moveMails } from '../mail-actions.ts';
import { changeAll } from '../selection/change-all.ts';
import type { BulkAction } from '../selection/change-everything.ts';
import { clearTicks, selectionStore } from '../selection/selection.ts';

const SAID = { archive: 'archived', junk: 'junked', trash: 'deleted' } as const;

/** What letting go of mails over a place does; `to` is its `data-drop`. */
export function dropMails(ids: readonly string[], to: string): void {
  const [kind, name] = [to.slice(0, to.indexOf(' ')), to.slice(to.indexOf(' ') + 1)];
  const { everything } = selectionStore.get();
  if (kind === 'box' && name === 'snoozed') {
    askSnoozeStore.set({ ids, leave: clearTicks });
    return;
  }
  const action: BulkAction =
    kind === 'label' ? { kind: 'label', add: [name], remove: [] } : { kind: 'move', to: name };
  // What is selected by a description goes as a whole.
  if (everything !== null && ids.length > 1) void changeAll(everything, action);
  else if (action.kind === 'label') void labelMails(ids, action.add, []);
  else void moveMails(ids, name, name in SAID ? SAID[name as keyof typeof SAID] : 'moved');
}
