import { join } from 'node:path';
import { MailError } from '../../common/errors.ts';
import type { DraftContent, OpenDraft } from '../../common/shapes/draft.ts';
import { formatTime } from '../../common/time.ts';
import { KeyedLock } from '../../server-kit/keyed-lock.ts';
import type { StorageCore } from '../context.ts';
import { answerMail, readContent } from './answer-mail.ts';
import { copyDraft, guessSender } from './draft-copy.ts';
import { type CopiedPart, copyParts, copyPictures } from './draft-parts.ts';
import {
  type DraftRow,
  type NewAttachment,
  deleteAttachment,
  deleteDraft,
  findBegun,
  insertAttachment,
  insertDraft,
  lockDraft,
  readAttachments,
  readDraft,
  updateDraft,
} from './draft-store.ts';
import { NO_THREAD, readThread } from './draft-thread.ts';
import type { AnswerMail, Drafts, SaveDraft } from './drafts.ts';
import { makeMessageId } from './message-id.ts';
import { findPrecedents } from './precedents.ts';
import { takeUpload } from './take-upload.ts';
import { UploadDir } from './upload-dir.ts';

type DraftCore = Pick<StorageCore, 'dataDir' | 'clock' | 'random' | 'db' | 'blobs' | 'mails' | 'home'>;

/** What the drafts of this server share: one change of a draft at a time, so that its row never lags behind its text. */
export interface DraftDesk extends DraftCore {
  lock: KeyedLock;
  uploads: UploadDir;
}

export function makeDraftDesk(core: DraftCore): DraftDesk {
  return {
    ...core,
    lock: new KeyedLock(),
    uploads: new UploadDir(join(core.dataDir, 'uploads'), core.clock),
  };
}

export function makeDrafts(desk: DraftDesk): Drafts {
  return {
    save: async (user, input) => {
      const { id, key = null } = input;
      if (id !== null) return await saveNext(desk, user, id, input);
      if (key === null) return await beginDraft(desk, user, input.draft);
      return await desk.lock.run(`${user} draft ${key}`, async () => {
        const begun = await findLiving(desk, user, key);
        if (begun === null) return await beginDraft(desk, user, input.draft, [], key);
        // Who never heard of the draft writes on what he began it with.
        return await saveNext(desk, user, begun, { ...input, base: 1 });
      });
    },
    open: async (user, id) => await openDraft(desk, user, id),
    remove: async (user, id) => {
      await desk.lock.run(`${user}/${id}`, async () => {
        await demandDraft(desk, user, id);
        await desk.mails.remove(user, [id], async (tx) => await deleteDraft(tx, user, id));
      });
    },
    detach: async (user, id, attachment) =>
      await desk.lock.run(`${user}/${id}`, async () => await detach(desk, user, id, attachment)),
    answer: async (user, input) => {
      const { key = null } = input;
      if (key === null) return await beginAnswer(desk, user, input, null);
      return await desk.lock.run(`${user} draft ${key}`, async () => {
        const begun = await findLiving(desk, user, key);
        return begun === null
          ? await beginAnswer(desk, user, input, key)
          : await openDraft(desk, user, begun);
      });
    },
    precedents: async (user, input) => await findPrecedents(desk, user, input),
    openAttachment: async (user, draft, attachment) => await openAttachment(desk, user, draft, attachment),
    upload: async (user, piece) => await takeUpload(desk, user, piece),
    uploadOffset: async (user, draft, key) => {
      await demandDraft(desk, user, draft);
      return await desk.uploads.offsetOf({ user, draft, key });
    },
  };
}

/** The draft that was begun under the key. One whose mail was removed for ever since is forgotten, as tidying up would. */
async function findLiving(desk: DraftDesk, user: string, key: string): Promise<string | null> {
  const begun = await findBegun(desk.db.read, user, key);
  if (begun === null || (await desk.mails.readRows(user, [begun])).length > 0) return begun;
  await desk.db.write(async (tx) => await deleteDraft(tx, user, begun));
  return null;
}

/** A new row in Drafts, and beside it the text, in one transaction. */
async function beginDraft(
  desk: DraftDesk,
  user: string,
  content: DraftContent,
  attachments: readonly NewAttachment[] = [],
  key: string | null = null,
) {
  const { identities } = await desk.home.readProfile(user);
  const mailbox = await desk.home.findMailbox(user, 'drafts');
  const savedAt = desk.clock.now();
  const messageId = makeMessageId(guessSender(content, identities).address, desk.random);
  const thread = await readThread(desk.mails, user, content.inReplyTo);
  const draft = { messageId, content, thread, savedAt };
  const source = await copyDraft(draft, attachments, identities);
  // A draft that is there already may be saved, so that nothing typed is lost.
  await desk.mails.demandRoom(user, 1);
  const [made] = await desk.mails.ingestMails(
    user,
    [
      {
        account: null,
        mailbox: mailbox.id,
        source,
        received: savedAt,
        flags: ['draft', 'seen'],
        sendKey: null,
      },
    ],
    async (tx, mails) => {
      const id = mails[0]!.mailId;
      await insertDraft(tx, user, id, draft, key);
      for (const [position, one] of attachments.entries())
        await insertAttachment(tx, user, id, position, one);
    },
  );
  return { id: made!.mailId, version: 1, savedAt: formatTime(savedAt) };
}

async function saveNext(desk: DraftDesk, user: string, id: string, input: SaveDraft) {
  return await desk.lock.run(`${user}/${id}`, async () => await saveDraft(desk, user, id, input));
}

async function saveDraft(desk: DraftDesk, user: string, id: string, input: SaveDraft) {
  const before = await demandDraft(desk, user, id);
  if (input.base !== before.version) throw await makeConflict(desk, user, id);
  const content = input.draft;
  const thread =
    content.inReplyTo === before.thread.mail
      ? before.thread
      : await readThread(desk.mails, user, content.inReplyTo);
  const savedAt = desk.clock.now();
  await rewriteRow(desk, user, id, { ...before, content, thread, savedAt }, null, async (tx) => {
    const saved = await updateDraft(tx, user, id, before.version, { content, thread, savedAt });
    if (!saved) throw await makeConflict(desk, user, id);
  });
  return { id, version: before.version + 1, savedAt: formatTime(savedAt) };
}

type Alongside = NonNullable<Parameters<StorageCore['mails']['replaceMail']>[3]>;

/** Gives the row in Drafts the draft's present look, and commits `alongside` with it. */
export async function rewriteRow(
  desk: DraftDesk,
  user: string,
  id: string,
  draft: DraftRow,
  attachments: readonly NewAttachment[] | null,
  alongside: Alongside,
): Promise<void> {
  const { identities } = await desk.home.readProfile(user);
  const shown = attachments ?? (await readAttachments(desk.db.read, user, id));
  const source = await copyDraft(draft, shown, identities);
  await desk.mails.replaceMail(
    user,
    id,
    { source, received: draft.savedAt, flags: null, sendKey: null },
    alongside,
  );
}

async function openDraft(desk: DraftDesk, user: string, id: string): Promise<OpenDraft> {
  const row = await readDraft(desk.db.read, user, id);
  if (row === null) return await desk.lock.run(`${user}/${id}`, async () => await adoptMail(desk, user, id));
  if (row.sent) throw refuseSent();
  return await describeDraft(desk, user, id, row);
}

async function describeDraft(desk: DraftDesk, user: string, id: string, row: DraftRow): Promise<OpenDraft> {
  const attachments = await readAttachments(desk.db.read, user, id);
  return {
    id,
    version: row.version,
    draft: row.content,
    attachments: attachments.map(({ blob: _blob, ...shown }) => shown),
  };
}

/** Makes a draft of a mail that lies in Drafts without one. */
async function adoptMail(desk: DraftDesk, user: string, id: string): Promise<OpenDraft> {
  const known = await readDraft(desk.db.read, user, id);
  if (known !== null) return await describeDraft(desk, user, id, known);
  const [row] = await desk.mails.readRows(user, [id]);
  if (row?.role !== 'drafts') throw refuseUnknown();
  const view = await desk.mails.show(user, id);
  const { identities } = await desk.home.readProfile(user);
  const parts: CopiedPart[] = await copyParts(desk, user, view);
  const content = readContent(view, identities, parts);
  const draft = {
    messageId: makeMessageId(guessSender(content, identities).address, desk.random),
    content,
    thread: { ...NO_THREAD, inReplyTo: view.inReplyTo, references: view.references },
    savedAt: desk.clock.now(),
  };
  await desk.db.write(async (tx) => {
    await insertDraft(tx, user, id, draft);
    for (const [position, one] of parts.entries()) await insertAttachment(tx, user, id, position, one);
  });
  return await describeDraft(desk, user, id, { ...draft, version: 1, sent: false });
}

async function detach(desk: DraftDesk, user: string, id: string, attachment: string) {
  const draft = await demandDraft(desk, user, id);
  const before = await readAttachments(desk.db.read, user, id);
  const left = before.filter((one) => one.id !== attachment);
  if (left.length === before.length) {
    throw refuseAttachment();
  }
  const shown = left.map((one) => ({ ...one, uploadKey: null }));
  await rewriteRow(desk, user, id, draft, shown, async (tx) => {
    if (!(await lockDraft(tx, user, id, desk.clock.now()))) throw refuseSent();
    await deleteAttachment(tx, user, id, attachment);
  });
  return { version: draft.version };
}

async function openAttachment(desk: DraftDesk, user: string, id: string, attachment: string) {
  await demandDraft(desk, user, id);
  const found = (await readAttachments(desk.db.read, user, id)).find((one) => one.id === attachment);
  if (found === undefined) throw refuseAttachment();
  const { blob, ...shown } = found;
  return { ...shown, open: () => desk.blobs.open(blob, 0, shown.size) };
}

async function beginAnswer(
  desk: DraftDesk,
  user: string,
  input: AnswerMail,
  key: string | null,
): Promise<OpenDraft> {
  const view = await desk.mails.show(user, input.mail);
  const { identities } = await desk.home.readProfile(user);
  const copy = input.kind === 'forward' ? copyParts : copyPictures;
  const copied = await copy(desk, user, view);
  const content = answerMail(view, identities, input, desk.clock.now(), copied);
  // A quote that became plain text shows none.
  const parts =
    input.kind === 'forward' ? copied : copied.filter(({ id }) => content.html?.includes(`cid:${id}`));
  const { id, version } = await beginDraft(desk, user, content, parts, key);
  const attachments = parts.map(({ id, name, type, size }) => ({ id, name, type, size }));
  return { id, version, draft: content, attachments };
}

/** The draft as it stands; MailError when there is none, or it was sent. */
export async function demandDraft(desk: DraftDesk, user: string, id: string): Promise<DraftRow> {
  const row = await readDraft(desk.db.read, user, id);
  if (row === null) throw refuseUnknown();
  if (row.sent) throw refuseSent();
  return row;
}

async function makeConflict(desk: DraftDesk, user: string, id: string): Promise<MailError> {
  const row = await demandDraft(desk, user, id);
  return new MailError('conflict', 'a newer version of the draft was saved', {
    reason: 'draft',
    current: await describeDraft(desk, user, id, row),
  });
}

function refuseUnknown(): MailError {
  return new MailError('not-found', 'no such draft', { reason: 'draft' });
}

function refuseAttachment(): MailError {
  return new MailError('not-found', 'the draft has no such attachment', { reason: 'attachment' });
}

export function refuseSent(): MailError {
  return new MailError('conflict', 'the draft was sent already', { reason: 'draft-sent' });
}
