import type { Flag } from '../../../../common/shapes/mail.ts';
import type { BulkChange, Selection } from '../../../../common/shapes/selection.ts';
import { storageServer } from '../../session/clients.ts';
import { toProblem } from '../../session/problem.ts';
import { readSession } from '../../session/tokens.ts';
import { explainLater } from '../../shell/explain.ts';
import { dismiss, tell } from '../../shell/notices.ts';
import { bulkTexts } from '../../text/bulk.ts';
import { say } from '../../text/text.ts';
import { queries } from '../cache/mail-cache.ts';
import { clearTicks, type Everything } from './selection.ts';
import { undoOperation } from '../undo-operation.ts';

/** What can be done to all mails that a filter describes. */
export type BulkAction =
  | { kind: 'flag'; add: Flag[]; remove: Flag[] }
  | { kind: 'move'; to: string }
  | { kind: 'label'; add: string[]; remove: string[] }
  | { kind: 'remove' };

/** Time to undo it from the notice; the server keeps the way back for a day. */
const UNDO_MS = 20_000;

/** Has the server do it, says how far it came, and offers the way back. */
export async function changeEverything(everything: Everything, action: BulkAction): Promise<void> {
  const session = readSession();
  const { where, total, upTo } = everything;
  const working = tell({
    kind: 'done',
    text: say(bulkTexts, 'working', { n: total }),
    action: null,
    lasts: null,
  });
  clearTicks();
  try {
    const { changed, operation } = await askServer({ where, except: [], upTo }, action);
    dismiss(working);
    tell({
      kind: 'done',
      text: say(bulkTexts, 'changed', { n: changed }),
      action:
        operation === null
          ? null
          : { label: say(bulkTexts, 'undo'), run: () => void undoOperation(operation) },
      lasts: UNDO_MS,
    });
  } catch (error) {
    dismiss(working);
    const reason = await explainLater(toProblem(error));
    if (session.aborted) return;
    tell({
      kind: 'problem',
      text: say(bulkTexts, 'stopped', { reason }),
      action: {
        label: say(bulkTexts, 'retry'),
        run: () => void changeEverything(everything, action),
      },
      lasts: null,
    });
  }
  // Thousands of rows are not sent one by one.
  await queries.invalidateQueries({ queryKey: ['list'] });
  await queries.invalidateQueries({ queryKey: ['mailboxes'] });
}

async function askServer(selection: Selection, action: BulkAction): Promise<BulkChange> {
  const { mail } = storageServer();
  if (action.kind === 'flag') {
    return await mail.flag.mutate({ selection, add: action.add, remove: action.remove });
  }
  if (action.kind === 'label') {
    return await mail.label.mutate({ selection, add: action.add, remove: action.remove });
  }
  if (action.kind === 'move') return await mail.move.mutate({ selection, to: action.to });
  return await mail.remove.mutate({ selection });
}
