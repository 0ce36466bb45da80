import type { SendStatus } from '../../../../common/shapes/status.ts';
import type { ErrorCode } from '../../../../common/errors.ts';
import { storageServer } from '../../session/clients.ts';
import { NOTHING, toProblem } from '../../session/problem.ts';
import { readSession } from '../../session/tokens.ts';
import { profileStore } from '../../profile/profile-store.ts';
import { sentHere } from '../../sending/waiting.ts';
import { explainLater } from '../../shell/explain.ts';
import { tell, tellProblem } from '../../shell/notices.ts';
import { changeMailRoute } from '../../shell/route.ts';
import { applyChange, findRow } from '../../mail/cache/mail-cache.ts';
import { composerTexts } from '../../text/composer.ts';
import { say } from '../../text/text.ts';
import type { DraftSession } from '../session/draft-session.ts';
import { sendSession } from '../session/end-draft.ts';

/**
 * Sends, closes the composer, and offers to undo as long as the server holds the mail. `at`, ms: it leaves then, and
 * waits on the server until it does.
 */
export async function sendDraft(session: DraftSession, at: number | null = null): Promise<void> {
  const undo = profileStore.get().preferences.undoSeconds;
  // Known before the server's news of it come.
  sentHere.add(await session.demandId());
  const status = await sendSession(session, undo, at === null ? null : new Date(at).toISOString());
  sentHere.add(status.id);
  changeMailRoute({ draft: null });
  const row = findRow(status.id);
  if (row?.role === 'drafts') applyChange({ mails: [], removed: [status.id] });
  if (status.state === 'failed') {
    const key = status.recipients.find((one) => one.reason !== null)?.reason ?? 'internal';
    const [code, detail = null] = key.split('/') as [ErrorCode, string?];
    const session = readSession();
    const reason = await explainLater({ ...NOTHING, code, reason: detail });
    if (session.aborted) return;
    tell({
      kind: 'problem',
      text: say(composerTexts, 'failed-in-sent', { reason }),
      action: null,
      lasts: null,
    });
    return;
  }
  if (status.state === 'scheduled') return await tellScheduled(status);
  const held = status.state === 'held' && undo > 0;
  const notice = tell({
    kind: 'done',
    text: say(composerTexts, held ? 'sending' : 'sent', { n: undo }),
    ...(held ? { counts: (left: number) => say(composerTexts, 'sending', { n: left }) } : {}),
    action: held ? { label: say(composerTexts, 'undo'), run: () => void undoSending(status.id) } : null,
    lasts: held ? undo * 1000 : 4000,
  });
  if (!held) return;
  // It was sent: that this cannot be loaded now must not say otherwise.
  const follow = await import('../../sending/held-notice.ts').catch(() => null);
  if (follow !== null) setTimeout(follow.followWaiting(status.id, notice), undo * 1000);
}

/** When it leaves, with the way to what waits. */
async function tellScheduled({ at }: SendStatus): Promise<void> {
  const words = await import('./say-scheduled.ts').catch(() => null);
  if (words !== null) tell({ kind: 'done', ...words.sayScheduled(at), lasts: 8000 });
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
