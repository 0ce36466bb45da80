import type { DraftAttachment, DraftContent } from '../../common/shapes/draft.ts';
import type { Millis } from '../../common/time.ts';
import type { Database, Reader, Writer } from '../../server-kit/database/database.ts';

export interface DraftRow {
  version: number;
  /** True once it was sent; it may come back by taking the mail back. */
  sent: boolean;
  messageId: string;
  content: DraftContent;
  thread: DraftThread;
  savedAt: Millis;
}

/** What the answered mail puts into the header, kept so that saving need not open that mail each time. */
export interface DraftThread {
  /** The mail that it was read from. */
  mail: string | null;
  inReplyTo: string | null;
  references: string[];
}

export interface AttachmentRow extends DraftAttachment {
  blob: string;
}

export interface NewAttachment extends AttachmentRow {
  uploadKey: string | null;
}

interface StoredDraft {
  version: number;
  sent: number;
  message_id: string;
  content: string;
  thread: string;
  saved_at: number;
}

export async function readDraft(reader: Reader, user: string, mail: string): Promise<DraftRow | null> {
  const row = await reader.get<StoredDraft>(
    'SELECT version, sent, message_id, content, thread, saved_at FROM draft WHERE user = ? AND mail = ?',
    [user, mail],
  );
  if (row === undefined) return null;
  return {
    version: row.version,
    sent: row.sent === 1,
    messageId: row.message_id,
    content: JSON.parse(row.content) as DraftContent,
    thread: JSON.parse(row.thread) as DraftThread,
    savedAt: row.saved_at,
  };
}

export async function insertDraft(
  tx: Writer,
  user: string,
  mail: string,
  draft: Pick<DraftRow, 'messageId' | 'content' | 'thread' | 'savedAt'>,
  beginKey: string | null = null,
): Promise<void> {
  const { messageId, content, thread, savedAt } = draft;
  await tx.run(
    `INSERT INTO draft (user, mail, version, sent, message_id, content, thread, saved_at, begin_key)
      VALUES (?, ?, 1, 0, ?, ?, ?, ?, ?)`,
    [user, mail, messageId, JSON.stringify(content), JSON.stringify(thread), savedAt, beginKey],
  );
}

/** Id of the draft that was begun under this key of a client. */
export async function findBegun(reader: Reader, user: string, key: string): Promise<string | null> {
  const row = await reader.get<{ mail: string }>('SELECT mail FROM draft WHERE user = ? AND begin_key = ?', [
    user,
    key,
  ]);
  return row?.mail ?? null;
}

/** False when somebody saved a newer version, or it was sent. */
export async function updateDraft(
  tx: Writer,
  user: string,
  mail: string,
  base: number,
  change: Pick<DraftRow, 'content' | 'thread' | 'savedAt'>,
): Promise<boolean> {
  const { changes } = await tx.run(
    `UPDATE draft SET content = ?, thread = ?, saved_at = ?, version = version + 1
      WHERE user = ? AND mail = ? AND version = ? AND sent = 0`,
    [JSON.stringify(change.content), JSON.stringify(change.thread), change.savedAt, user, mail, base],
  );
  return changes === 1;
}

/**
 * Locks the draft for a change of its attachments; false when there is no such draft (any more). The version stays: the
 * text that a client has open is not stale because a file was added.
 */
export async function lockDraft(tx: Writer, user: string, mail: string, now: Millis): Promise<boolean> {
  const { changes } = await tx.run('UPDATE draft SET saved_at = ? WHERE user = ? AND mail = ? AND sent = 0', [
    now,
    user,
    mail,
  ]);
  return changes === 1;
}

/** Marks this very version as sent; false when it is not the newest or was sent already. */
export async function markDraftSent(
  tx: Writer,
  user: string,
  mail: string,
  version: number,
): Promise<boolean> {
  const { changes } = await tx.run(
    'UPDATE draft SET sent = 1 WHERE user = ? AND mail = ? AND version = ? AND sent = 0',
    [user, mail, version],
  );
  return changes === 1;
}

/** The text is a draft again; false when there is none. */
export async function reopenDraft(tx: Writer, user: string, mail: string): Promise<boolean> {
  const { changes } = await tx.run(
    'UPDATE draft SET sent = 0, version = version + 1 WHERE user = ? AND mail = ? AND sent = 1',
    [user, mail],
  );
  return changes === 1;
}

export async function deleteDraft(tx: Writer, user: string, mail: string): Promise<void> {
  await tx.run('DELETE FROM draft_attachment WHERE user = ? AND mail = ?', [user, mail]);
  await tx.run('DELETE FROM draft WHERE user = ? AND mail = ?', [user, mail]);
}

interface StoredAttachment {
  id: string;
  name: string;
  type: string;
  size: number;
  blob_id: string;
}

const toAttachment = ({ blob_id, ...row }: StoredAttachment): AttachmentRow => ({ ...row, blob: blob_id });

export async function readAttachments(reader: Reader, user: string, mail: string): Promise<AttachmentRow[]> {
  const rows = await reader.all<StoredAttachment>(
    'SELECT id, name, type, size, blob_id FROM draft_attachment WHERE user = ? AND mail = ? ORDER BY position, id',
    [user, mail],
  );
  return rows.map(toAttachment);
}

/** The attachment that an upload became; the last request of one may come twice. */
export async function findUploaded(
  reader: Reader,
  user: string,
  mail: string,
  key: string,
): Promise<AttachmentRow | null> {
  const row = await reader.get<StoredAttachment>(
    'SELECT id, name, type, size, blob_id FROM draft_attachment WHERE user = ? AND mail = ? AND upload_key = ?',
    [user, mail, key],
  );
  return row === undefined ? null : toAttachment(row);
}

export async function insertAttachment(
  tx: Writer,
  user: string,
  mail: string,
  position: number,
  one: NewAttachment,
): Promise<void> {
  await tx.run(
    `INSERT INTO draft_attachment (id, user, mail, position, name, type, size, blob_id, upload_key)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [one.id, user, mail, position, one.name, one.type, one.size, one.blob, one.uploadKey],
  );
}

export async function deleteAttachment(tx: Writer, user: string, mail: string, id: string): Promise<boolean> {
  const { changes } = await tx.run('DELETE FROM draft_attachment WHERE user = ? AND mail = ? AND id = ?', [
    user,
    mail,
    id,
  ]);
  return changes === 1;
}

/** Which of these blobs are attachments of drafts: for the sweep. */
export async function findReferredBlobs(db: Database, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.read.all<{ blob_id: string }>(
    `SELECT DISTINCT blob_id FROM draft_attachment WHERE blob_id IN (${ids.map(() => '?').join(', ')})`,
    [...ids],
  );
  return rows.map((row) => row.blob_id);
}

/** A page of drafts by key, for tidying up. */
export async function listDrafts(
  db: Database,
  after: { user: string; mail: string },
  limit: number,
): Promise<{ user: string; mail: string }[]> {
  return await db.read.all<{ user: string; mail: string }>(
    `SELECT user, mail FROM draft WHERE user > ? OR (user = ? AND mail > ?) ORDER BY user, mail LIMIT ?`,
    [after.user, after.user, after.mail, limit],
  );
}
