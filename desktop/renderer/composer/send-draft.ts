import { storageServer } from '../session/clients.ts';
import { toProblem } from '../session/problem.ts';
import { profileStore } from '../profile/profile-store.ts';
import { dismiss, tell, tellProblem } from '../shell/notices.ts';
import { changeMailRoute } from '../shell/route.ts';
import { applyChange, findRow } from '../mail/cache/mail-cache.ts';
import { composerTexts } from '../text/composer.ts';
import { say } from '../text/text.ts';
import type { DraftSession } from './draft-session.ts';

/** Sends, closes the composer, and offers to undo as long as the server holds the mail. */
export async function sendDraft(session: DraftSession): Promise<void> {
  const undo = profileStore.get().preferences.undoSeconds;
  const status = await session.send(undo);
  changeMailRoute({ draft: null });
  const row = findRow(status.id);
  if (row?.role === 'drafts') applyChange({ mails: [], removed: [status.id] });
  if (status.state === 'failed') {
    const reason = status.recipients.find((one) => one.reason !== null)?.reason ?? '';
    tell({ kind: 'problem', text: say(composerTexts, 'not-sent', { reason }), action: null, lasts: null });
    return;
  }
  const held = status.state === 'held' && undo > 0;
  const notice = tell({
    kind: 'done',
    text: say(composerTexts, held ? 'sending' : 'sent', { n: undo }),
    ...(held ? { counts: (left: number) => say(composerTexts, 'sending', { n: left }) } : {}),
    action: held ? { label: say(composerTexts, 'undo'), run: () => void undoSending(status.id) } : null,
    lasts: held ? undo * 1000 : 4000,
  });
  if (held) setTimeout(() => dismiss(notice), undo * 1000);
}

/** The mail is a draft again, and open. */
async function undoSending(id: string): Promise<void> {
  try {
    const status = await storageServer().sending.cancel.mutate({ id });
    changeMailRoute({ draft: status.id });
  } catch (error) {
    tellProblem(toProblem(error));
  }
}
