import type { MailRow } from '../../../../common/shapes/mail.ts';
import type { Mailbox } from '../../../../common/shapes/mailbox.ts';
import { readClock } from '../../parts/clock.ts';
import { forgetWithSession, makeSessionStore } from '../../session/forget.ts';
import { findRow, queries } from './mail-cache.ts';
import { isUnread } from './patch-lists.ts';

/** How many mails arrived since the person last looked; read out by the status line. */
export const arrivedStore = makeSessionStore(0);

/** What a look back at older news brings again is no news. */
const announced = new Set<string>();
forgetWithSession(() => announced.clear());

/** Called before news are put into the lists: what is unread, in the inbox and unknown so far has just arrived. */
export function announceNewMail(rows: readonly MailRow[]): void {
  const fresh = rows.filter(
    (row) =>
      row.role === 'inbox' &&
      isUnread(row) &&
      isRecent(row) &&
      !announced.has(row.id) &&
      findRow(row.id) === null,
  );
  if (fresh.length === 0) return;
  for (const { id } of fresh) announced.add(id);
  arrivedStore.change((count) => count + fresh.length);
  const inbox = queries.getQueryData<Mailbox[]>(['mailboxes'])?.find(({ role }) => role === 'inbox');
  void import('../../shell/notify/announce-arrival.ts')
    .then(({ announceArrival }) => announceArrival(fresh, (inbox?.unread ?? 0) + fresh.length))
    // A client that is offline meanwhile shows the mail in its list all the same.
    .catch(() => undefined);
}

/** Old mail that comes with a first retrieval is no news. */
function isRecent(row: MailRow): boolean {
  return readClock() - Date.parse(row.received) < 5 * 60_000;
}
