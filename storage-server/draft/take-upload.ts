import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import { ATTACHMENT_LIMITS, type DraftAttachment } from '../../common/shapes/draft.ts';
import { cleanName, cleanType } from './attachment-name.ts';
import { refuseSize } from './draft-parts.ts';
import { findUploaded, insertAttachment, lockDraft, readAttachments } from './draft-store.ts';
import type { UploadPiece } from './drafts.ts';
import { type DraftDesk, demandDraft, refuseSent, rewriteRow } from './make-drafts.ts';

/** Takes a piece of a file; with the last one the file becomes an attachment. A repeated last request answers the same. */
export async function takeUpload(
  desk: DraftDesk,
  user: string,
  piece: UploadPiece,
): Promise<{ done: DraftAttachment } | { offset: number }> {
  const { draft, total } = piece;
  const key = piece.key ?? makeId('upload', desk.random);
  await demandDraft(desk, user, draft);
  const known = await findUploaded(desk.db.read, user, draft, key);
  if (known !== null) return { done: describe(known) };
  const room = await readRoom(desk, user, draft);
  await desk.mails.demandRoom(user, total ?? 1);
  if (total !== null && total > room) throw refuseSize();
  if (total !== null && piece.offset > total) {
    throw new MailError('invalid', 'offset is beyond the end', { reason: 'upload-offset' });
  }
  const name = { user, draft, key };
  const size = await desk.uploads.append({
    ...name,
    offset: piece.offset,
    limit: Math.min(room, total ?? room),
    quota: 2 * ATTACHMENT_LIMITS.totalBytes,
    body: piece.body,
  });
  if (total !== null && size < total) return { offset: size };
  const done = await desk.lock.run(`${user}/${draft}`, async () => await attach(desk, name, piece, size));
  await desk.uploads.remove(name);
  return { done };
}

async function readRoom(desk: DraftDesk, user: string, draft: string): Promise<number> {
  const before = await readAttachments(desk.db.read, user, draft);
  if (before.length >= ATTACHMENT_LIMITS.count) throw refuseSize();
  return ATTACHMENT_LIMITS.totalBytes - before.reduce((sum, one) => sum + one.size, 0);
}

async function attach(
  desk: DraftDesk,
  upload: { user: string; draft: string; key: string },
  piece: UploadPiece,
  size: number,
): Promise<DraftAttachment> {
  const { user, draft, key } = upload;
  const row = await demandDraft(desk, user, draft);
  const known = await findUploaded(desk.db.read, user, draft, key);
  if (known !== null) return describe(known);
  // Two uploads may have run side by side, each within the room that was left.
  if (size > (await readRoom(desk, user, draft))) throw refuseSize();
  const source = size === 0 ? new Uint8Array(0) : { path: desk.uploads.pathOf(upload), size };
  const [blob] = await desk.blobs.put([source]);
  const before = await readAttachments(desk.db.read, user, draft);
  const added = {
    id: makeId('att', desk.random),
    name: cleanName(piece.name),
    type: cleanType(piece.type),
    size,
    blob: blob!.id,
    uploadKey: key,
  };
  const shown = [...before.map((one) => ({ ...one, uploadKey: null })), added];
  await rewriteRow(desk, user, draft, row, shown, async (tx) => {
    const now = desk.clock.now();
    if (!(await lockDraft(tx, user, draft, now))) throw refuseSent();
    await insertAttachment(tx, user, draft, now, added);
  });
  return describe(added);
}

function describe({ id, name, type, size }: DraftAttachment): DraftAttachment {
  return { id, name, type, size };
}
