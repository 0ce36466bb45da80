import type { MailPage, MailRow } from '../../../../common/shapes/mail.ts';
import type { Mailbox } from '../../../../common/shapes/mailbox.ts';

/** What a list shows: one mailbox (a role or an id), of all accounts or of one. */
export interface MailList {
  box: string;
  account: string | null;
  /** A search: its rows are what the server found, wherever they are. */
  query?: string | null;
  /** Only what is unread when the list is read, or one row for each conversation. */
  how?: 'unread' | 'conversations';
}

/** The pages of one list, as TanStack Query keeps them. */
export interface Pages {
  pages: MailPage[];
  pageParams: unknown[];
}

export interface Change {
  mails: readonly MailRow[];
  removed: readonly string[];
}

/** Whether a conversation's row may be another one now: it lost a mail of the list, or the list got one. */
export function touchesList(data: Pages, list: MailList, change: Change): boolean {
  const shown = new Map(data.pages.flatMap((page) => page.mails).map((row) => [row.id, row]));
  const threads = new Set([...shown.values()].map(({ threadId }) => threadId));
  return (
    change.removed.length > 0 || change.mails.some((row) => threads.has(row.threadId) || belongsTo(row, list))
  );
}

/** Whether there may be results that the list does not have. */
export function bringsUnknown(data: Pages, { mails }: Change): boolean {
  const shown = new Set(data.pages.flatMap((page) => page.mails).map(({ id }) => id));
  return mails.some(({ id }) => !shown.has(id));
}

export function belongsTo(row: MailRow, list: MailList): boolean {
  if (list.query !== null && list.query !== undefined) return true;
  const inBox = row.mailbox === list.box || row.role === list.box;
  return inBox && (list.account === null || row.accounts.includes(list.account));
}

/** The order of the server's lists: newest first; ids decide between equal times. */
export function compareRows(a: MailRow, b: MailRow): number {
  if (a.date !== b.date) return a.date < b.date ? 1 : -1;
  return compareIds(b.id, a.id);
}

function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * Loaded pages with a change put in: rows are replaced, taken out or added at their place. A row that would stand
 * after the last loaded one is left for its page, unless everything is loaded. The same change twice is the same.
 */
export function patchPages(data: Pages, list: MailList, change: Change): Pages {
  const gone = new Set(change.removed);
  const newer = new Map(change.mails.map((row) => [row.id, row]));
  let total = 0;
  let unread = 0;
  const present = new Set<string>();
  const pages = data.pages.map((page) => {
    const mails: MailRow[] = [];
    for (const old of page.mails) {
      const row = keepThread(old, newer.get(old.id) ?? old);
      if (gone.has(old.id) || !belongsTo(row, list)) {
        total -= 1;
        unread -= isUnread(old) ? 1 : 0;
        continue;
      }
      unread += (isUnread(row) ? 1 : 0) - (isUnread(old) ? 1 : 0);
      present.add(row.id);
      mails.push(row);
    }
    return { ...page, mails };
  });
  // What is found or a conversation is for the server to say.
  const isFound = list.query !== null && list.query !== undefined;
  for (const row of newer.values()) {
    if (isFound || (list.how === 'unread' && !isUnread(row))) continue;
    // A conversation's own row is known where a mail is brought back that was one.
    if (list.how === 'conversations' && row.thread === undefined) continue;
    if (present.has(row.id) || gone.has(row.id) || !belongsTo(row, list)) continue;
    if (!insertRow(pages, row)) continue;
    total += 1;
    unread += isUnread(row) ? 1 : 0;
  }
  return {
    ...data,
    pages: pages.map((page) => ({
      ...page,
      total: Math.max(0, page.total + total),
      unread: Math.max(0, page.unread + unread),
    })),
  };
}

/** News tell of mails, not of the conversation whose row a mail is. */
function keepThread(old: MailRow, row: MailRow): MailRow {
  return old.thread === undefined || row === old ? row : { ...row, thread: old.thread };
}

function insertRow(pages: MailPage[], row: MailRow): boolean {
  for (const [index, page] of pages.entries()) {
    const at = page.mails.findIndex((other) => compareRows(row, other) < 0);
    const last = index === pages.length - 1;
    if (at === -1 && !(last && page.next === null)) continue;
    page.mails.splice(at === -1 ? page.mails.length : at, 0, row);
    return true;
  }
  return false;
}

export function isUnread(row: { flags: readonly string[] }): boolean {
  return !row.flags.includes('seen');
}

/** The mailboxes' counters after rows changed from `before` to `after` (absent: no longer there). */
export function patchCounters(
  mailboxes: readonly Mailbox[],
  before: readonly MailRow[],
  after: readonly MailRow[],
): Mailbox[] {
  const count = (rows: readonly MailRow[], id: string) => {
    const own = rows.filter((row) => row.mailbox === id);
    return { total: own.length, unread: own.filter(isUnread).length };
  };
  return mailboxes.map((mailbox) => {
    const old = count(before, mailbox.id);
    const now = count(after, mailbox.id);
    return {
      ...mailbox,
      total: Math.max(0, mailbox.total + now.total - old.total),
      unread: Math.max(0, mailbox.unread + now.unread - old.unread),
    };
  });
}
