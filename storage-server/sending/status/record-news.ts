import type { Writer } from '../../../server-kit/database/database.ts';
import type { MailChange } from '../../mail/mail-state.ts';
import { findRecipient, isNewFailure } from './merge-status.ts';
import { type StoredRecipient, readRecipientStatus, writeRecipient } from './recipient-store.ts';

/** Decides what becomes of a recipient with news of him; null: nothing changes. */
export type Merge<News> = (before: StoredRecipient, news: News) => StoredRecipient | null;

/**
 * Writes news about recipients of one sent mail, and answers what of its row changes: a mail that has just failed for
 * somebody counts as unread again, so that nobody overlooks it.
 */
export async function recordNews<News extends { address: string }>(
  tx: Writer,
  { user, mail }: { user: string; mail: string },
  news: readonly News[],
  merge: Merge<News>,
): Promise<MailChange> {
  if (news.length === 0) return {};
  const recipients = await readRecipientStatus(tx, user, mail);
  let failed = false;
  for (const one of news) {
    const before = findRecipient(recipients, one.address);
    const after = before === undefined ? null : merge(before, one);
    if (before === undefined || after === null) continue;
    await writeRecipient(tx, user, mail, after);
    failed ||= isNewFailure(before, after);
  }
  return failed ? { removeFlags: ['seen'] } : {};
}
