import { useState, type ReactNode } from 'react';
import type { Fields } from '../../../common/profile/merge-values.ts';
import type { ProfileItem } from '../../../common/shapes/profile.ts';
import { readAgain, saveItem, type ItemChange } from '../profile/save-item.ts';
import { toProblem, type Problem } from '../session/problem.ts';
import { tell } from '../shell/notices.ts';
import { historyTexts } from '../text/history.ts';
import { say } from '../text/text.ts';
import { ConflictDialog } from './conflict-dialog.tsx';

interface Conflict {
  change: ItemChange;
  before: object | null;
  current: ProfileItem;
}

/** Saving an item: what is wrong with it, and the question when another PC changed the same fields. */
export function useSave(onSaved: (item: ProfileItem) => void): {
  /** `before`: the value that the person began with; null for a new one. */
  save: (change: ItemChange, before: object | null) => Promise<void>;
  busy: boolean;
  problem: Problem | null;
  dialog: ReactNode;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const save = async (change: ItemChange, before: object | null): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { item, merged } = await saveItem(change);
      if (merged) tell({ kind: 'done', text: say(historyTexts, 'merged'), action: null, lasts: 6000 });
      onSaved(item);
    } catch (error) {
      const found = toProblem(error);
      const current = found.current as ProfileItem | undefined;
      if (found.code === 'conflict' && current !== undefined && change.value !== null) {
        setConflict({ change, before, current });
      } else setProblem(found);
    } finally {
      setBusy(false);
    }
  };
  const decide = (value: object | null): void => {
    if (conflict === null) return;
    setConflict(null);
    const { change, current } = conflict;
    if (value === null) {
      void readAgain();
      return onSaved(current);
    }
    const gone = current.value === null;
    const again = { ...change, id: gone ? null : current.id, base: gone ? null : current.revision, value };
    void save(again, current.value as object | null);
  };
  const dialog =
    conflict === null ? null : (
      <ConflictDialog
        before={conflict.before as Fields | null}
        mine={conflict.change.value as Fields}
        theirs={conflict.current.value as Fields | null}
        onDecided={decide}
        onClose={() => setConflict(null)}
      />
    );
  return { save, busy, problem, dialog };
}
