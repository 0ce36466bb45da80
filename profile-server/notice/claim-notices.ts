import { MINUTE } from '../../common/time.ts';
import { awaitNews } from '../await-news.ts';
import type { ProfileContext } from '../context.ts';
import { findUser } from '../user/user-store.ts';
import { listDueNotices, lendNotice, removeNotices, type NoticeRecord } from './notice-store.ts';
import { writeNotice } from './write-notice.ts';

/** A mail that a relay sends for this server. */
export interface Notice {
  id: string;
  user: string;
  /** The user's storage-server; results of the mail go there. */
  home: string;
  to: string;
  /** From address; the domain's key signs. */
  from: string;
  /** The whole mail but for Date and Message-ID, with CRLF; ASCII. */
  message: string;
}

/** A relay that took one and says nothing for so long has lost it: another takes it. Its send key keeps it from leaving twice. */
const LENT_FOR = 2 * MINUTE;
const AT_ONCE = 20;

/** First forgets what the relay has made durable, `done`; then what waits, as soon as something does, at most 25 s. */
export async function claimNotices(
  server: ProfileContext,
  input: { done: readonly string[]; wait: boolean },
  signal: AbortSignal | undefined,
): Promise<Notice[]> {
  const { db } = server;
  if (input.done.length > 0) await db.write(async (tx) => await removeNotices(tx, input.done));
  const taken = await awaitNews<NoticeRecord[]>(server, {
    topic: 'notice',
    read: async () => await takeDue(server),
    isNews: (notices) => notices.length > 0,
    wait: input.wait,
    signal,
  });
  const notices: Notice[] = [];
  for (const record of taken) {
    const home = (await findUser(db.read, record.user))?.home ?? null;
    const written = home === null ? null : await writeNotice(server, record);
    // Its user or what it tells of is gone: nobody waits for it.
    if (home === null || written === null) await db.write(async (tx) => await removeNotices(tx, [record.id]));
    else notices.push({ id: record.id, user: record.user, home, to: record.recipient, ...written });
  }
  return notices;
}

async function takeDue(server: ProfileContext): Promise<NoticeRecord[]> {
  const now = server.clock.now();
  const due = await listDueNotices(server.db.read, now, AT_ONCE);
  if (due.length === 0) return [];
  return await server.db.write(async (tx) => {
    const taken: NoticeRecord[] = [];
    for (const notice of due) {
      if (await lendNotice(tx, notice.id, now, now + LENT_FOR)) taken.push(notice);
    }
    return taken;
  });
}
