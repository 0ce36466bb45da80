import type { DraftAttachment } from '../../../../common/shapes/draft.ts';
import { toProblem } from '../../session/problem.ts';
import { tell, tellProblem } from '../../shell/notices.ts';
import { composerTexts } from '../../text/composer.ts';
import { formatSize } from '../../text/format-more.ts';
import { languageStore, say } from '../../text/text.ts';
import { DraftNotSaved } from '../session/draft-state.ts';
import type { DraftSession } from '../session/draft-session.ts';
import { LIMITS } from '../limits.ts';
import { sendPieces } from './send-pieces.ts';

/** A file on its way. */
export interface Upload {
  key: string;
  file: File;
  /** Bytes that the server has. */
  sent: number;
  /** `stopped`: the connection or the session ended; it goes on from where it is. */
  state: 'waits' | 'runs' | 'stopped';
  stop: AbortController;
  /** Hears of the attachment that it became. */
  done: (attachment: DraftAttachment) => void;
}

/** Milliseconds until a stopped upload is tried again by itself. */
const AGAIN = 10_000;

const working = new WeakSet<DraftSession>();

/** Uploads files to the draft: one after the other, each in pieces. What is too large is told of. Returns those taken. */
export function startUploads(
  session: DraftSession,
  files: readonly File[],
  done: Upload['done'] = () => undefined,
): Upload[] {
  const taken = files.filter((file) => hasRoom(session, file)).map((file) => makeUpload(file, done));
  session.uploads.change((list) => [...list, ...taken]);
  void work(session);
  return taken;
}

/** Goes on with what was stopped. */
export function resumeUploads(session: DraftSession): void {
  session.uploads.change((list) =>
    list.map((one) => (one.state === 'stopped' ? { ...one, state: 'waits' } : one)),
  );
  void work(session);
}

export function stopUpload(session: DraftSession, { key, stop }: Pick<Upload, 'key' | 'stop'>): void {
  stop.abort();
  session.uploads.change((list) => list.filter((one) => one.key !== key));
}

function makeUpload(file: File, done: Upload['done']): Upload {
  return { key: crypto.randomUUID(), file, sent: 0, state: 'waits', stop: new AbortController(), done };
}

function hasRoom(session: DraftSession, file: File): boolean {
  const used =
    session.store.get().attachments.reduce((sum, one) => sum + one.size, 0) +
    session.uploads.get().reduce((sum, one) => sum + one.file.size, 0);
  if (used + file.size <= LIMITS.totalBytes) return true;
  const language = languageStore.get();
  const text = say(composerTexts, 'too-big', {
    file: file.name,
    size: formatSize(file.size, language),
    limit: formatSize(LIMITS.totalBytes, language),
  });
  tell({ kind: 'problem', text, action: null, lasts: null });
  return false;
}

async function work(session: DraftSession): Promise<void> {
  if (working.has(session)) return;
  working.add(session);
  try {
    for (;;) {
      const next = session.uploads.get().find(({ state }) => state === 'waits');
      if (next === undefined) return;
      await upload(session, next);
    }
  } finally {
    working.delete(session);
  }
}

async function upload(session: DraftSession, one: Upload): Promise<void> {
  const put = (change: Partial<Upload>): void =>
    session.uploads.change((list) =>
      list.map((each) => (each.key === one.key ? { ...each, ...change } : each)),
    );
  put({ state: 'runs' });
  try {
    const draft = await session.demandId();
    const done = await sendPieces(draft, one, (sent) => put({ sent }));
    // Before it stands in the list: a picture of the text is shown there.
    one.done(done);
    session.setAttachments((list) => [...list.filter(({ id }) => id !== done.id), done]);
    stopUpload(session, one);
  } catch (error) {
    if (one.stop.signal.aborted) return;
    const problem = error instanceof DraftNotSaved ? error.problem : toProblem(error);
    if (['offline', 'unavailable', 'not-signed-in'].includes(problem.code)) {
      put({ state: 'stopped' });
      setTimeout(() => resumeUploads(session), AGAIN);
      return;
    }
    stopUpload(session, one);
    tellProblem(problem, () => void startUploads(session, [one.file], one.done));
  }
}
