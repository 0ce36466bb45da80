import { useState } from 'react';
import type { AnswerKind } from '../../../../common/shapes/draft.ts';
import type { MailRow } from '../../../../common/shapes/mail.ts';
import { useStore } from '../../parts/store.ts';
import { useCommands } from '../../shell/commands.ts';
import { AskForEver, LAST_STOPS, toggleFlag } from './list-head.tsx';
import { deleteForEver, flagMails, moveMails } from '../mail-actions.ts';
import { findRow } from '../cache/mail-cache.ts';
import { askRemindStore } from '../../reminder/reminders.ts';
import { askSnoozeStore } from '../../snooze/snoozes.ts';
import { selectionStore } from '../selection/selection.ts';

/** The row that keys mean while the focus is in the list: where the cursor is, which the focus follows a frame later. */
function readFocusedRow(): string | null {
  const inList = document.activeElement?.closest('[role=row][data-id]') instanceof HTMLElement;
  return inList ? selectionStore.get().cursor : null;
}

/**
 * What keys do with the row that has the focus. Ticked mails come first: the list's bar takes the keys then; and so does the
 * reader with the mail that is open.
 */
export function RowCommands({ open, onLeave }: { open: string | null; onLeave: (id: string) => void }) {
  const { ticked } = useStore(selectionStore);
  const [asking, setAsking] = useState<string | null>(null);
  const leave = (id: string, work: () => Promise<void>): void => {
    onLeave(id);
    void work();
  };
  const withRow = (act: (row: MailRow) => void) => (): void => {
    const id = readFocusedRow();
    const row = id === null ? null : findRow(id);
    if (row !== null) act(row);
  };
  // A draft is no mail yet: it can be thrown away, and nothing else.
  const withMail = (act: (row: MailRow) => void) =>
    withRow((row) => {
      if (row.role !== 'drafts') act(row);
    });
  const answer = (kind: AnswerKind) => withMail(({ id }) => void answerRow(id, kind));
  useCommands(
    {
      flag: withMail(({ id }) => toggleFlag([id])),
      'mark-read': withMail(({ id }) => void flagMails([id], ['seen'])),
      'mark-unread': withMail(({ id }) => void flagMails([id], [], ['seen'])),
      archive: withMail(({ id, role }) => {
        if (role !== 'archive') leave(id, () => moveMails([id], 'archive', 'archived'));
      }),
      junk: withMail(({ id, role }) => {
        if (role === 'junk') leave(id, () => moveMails([id], 'inbox', 'moved'));
        else if (role !== 'sent') leave(id, () => moveMails([id], 'junk', 'junked'));
      }),
      delete: withRow(({ id, role }) => {
        if (LAST_STOPS.has(role)) setAsking(id);
        else leave(id, () => moveMails([id], 'trash', 'deleted'));
      }),
      snooze: withMail(({ id }) => askSnoozeStore.set({ ids: [id], leave: () => onLeave(id) })),
      remind: withMail(({ id }) => askRemindStore.set(id)),
      reply: answer('reply'),
      'reply-all': answer('reply-all'),
      forward: answer('forward'),
    },
    () => {
      const focused = readFocusedRow();
      return ticked.size === 0 && focused !== null && focused !== open;
    },
  );
  if (asking === null) return null;
  return (
    <AskForEver
      count={1}
      onNo={() => setAsking(null)}
      onYes={() => {
        setAsking(null);
        leave(asking, () => deleteForEver([asking]));
      }}
    />
  );
}

/** Loaded when it is needed. */
async function answerRow(id: string, kind: AnswerKind): Promise<void> {
  const { answerMail } = await import('../../reader/bar/answer-mail.ts');
  await answerMail(id, kind);
}
