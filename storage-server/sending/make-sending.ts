import { createReadStream } from 'node:fs';
import { findIdentity } from '../../common/compose/identity.ts';
import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import type { SendStatus } from '../../common/shapes/status.ts';
import { SECOND } from '../../common/time.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { StorageCore } from '../context.ts';
import {
  type AttachmentRow,
  markDraftSent,
  readAttachments,
  readDraft,
  reopenDraft,
} from '../draft/draft-store.ts';
import { copyDraft } from '../draft/draft-copy.ts';
import { type DraftDesk, demandDraft, refuseSent } from '../draft/make-drafts.ts';
import { makeMessageId } from '../draft/message-id.ts';
import { type OutgoingPart, buildMessage } from './build-message.ts';
import { pickSender, readRecipients, refuseSender, toWireAddress } from './envelope.ts';
import { canStandBare, normaliseLines, readRawHeader } from './raw-message.ts';
import { readSendStatus } from './read-status.ts';
import { checkRoute } from './check-route.ts';
import type { Relays } from './relays.ts';
import { changeSendState, findSendByClientKey, findSendByMail, insertSend } from './send-store.ts';
import type { SendOptions, Sending } from './sending.ts';
import { type SpooledFile, withSpooled } from './spool.ts';

export interface SendingCore extends Pick<
  StorageCore,
  'dataDir' | 'clock' | 'random' | 'db' | 'blobs' | 'mails' | 'home' | 'log'
> {
  desk: DraftDesk;
  relays: Pick<Relays, 'explainRoute'>;
  /** Something new is to be handed to a relay. */
  wake: () => void;
}

export function makeSending(core: SendingCore): Sending {
  /** Two calls with one key, or for one draft, one after the other: the second finds what the first did. */
  const once = async (key: string, work: () => Promise<SendStatus>): Promise<SendStatus> =>
    await core.desk.lock.run(key, work);
  return {
    send: async (user, input) =>
      await withKey(
        core,
        user,
        input.key,
        once,
        async () => await once(`${user}/${input.draft}`, async () => await sendDraft(core, user, input)),
      ),
    sendRaw: async (user, input) =>
      await withKey(
        core,
        user,
        input.key,
        once,
        async () =>
          await withSpooled(
            core,
            normaliseLines(input.body),
            async (file) => await sendFile(core, user, input, file),
          ),
      ),
    readStatus: async (user, mail) => {
      const status = await readSendStatus(core, user, mail);
      if (status === null) throw new MailError('not-found', 'not sent from here', { reason: 'send' });
      return status;
    },
    cancel: async (user, mail) =>
      await once(`${user}/${mail}`, async () => await cancelSend(core, user, mail)),
  };
}

/** The same key gets what the first call with it got. */
async function withKey(
  core: SendingCore,
  user: string,
  key: string | null,
  once: (key: string, work: () => Promise<SendStatus>) => Promise<SendStatus>,
  work: () => Promise<SendStatus>,
): Promise<SendStatus> {
  if (key === null) return await work();
  return await once(`${user} key ${key}`, async () => {
    const known = await findSendByClientKey(core.db.read, user, key);
    return known === null ? await work() : await demandStatus(core, user, known.mail);
  });
}

async function sendDraft(
  core: SendingCore,
  user: string,
  input: SendOptions & { draft: string },
): Promise<SendStatus> {
  const before = await findSendByMail(core.db.read, user, input.draft);
  if (before !== null && before.state !== 'cancelled') return await demandStatus(core, user, input.draft);
  const draft = await demandDraft(core.desk, user, input.draft);
  const { content, thread } = draft;
  const { identities } = await core.home.readProfile(user);
  const sender = pickSender(identities, content);
  const recipients = readRecipients(content);
  await checkRoute(core, user, sender.address, recipients);
  const attachments = await readAttachments(core.db.read, user, input.draft);
  const when = decideTime(core, input);
  const messageId = makeMessageId(sender.address, core.random);
  const sendKey = makeId('snd', core.random);
  const message = buildMessage({
    ...content,
    messageId,
    date: new Date(when.dueAt),
    from: { name: sender.name, address: sender.address },
    replyTo: sender.replyTo,
    inReplyTo: thread.inReplyTo,
    references: thread.references,
    attachments: await Promise.all(attachments.map(async (one) => await makePart(core, one))),
  });
  await withSpooled(core, message, async (source) => {
    const sent = await core.home.findMailbox(user, 'sent');
    await core.mails.replaceMail(
      user,
      input.draft,
      { source, received: core.clock.now(), flags: ['seen'], sendKey, mailbox: sent.id },
      async (tx) => {
        if (!(await markDraftSent(tx, user, input.draft, draft.version))) throw refuseSent();
        // A file that was added while the message was built would be missing in it.
        if (!isSame(attachments, await readAttachments(tx, user, input.draft))) throw refuseChanged();
        await insertSend(tx, {
          user,
          mail: input.draft,
          sendKey,
          clientKey: input.key,
          messageId,
          mailFrom: toWireAddress(sender.address),
          ...when,
          answered: content.inReplyTo,
          forwarded: content.forwardOf,
          createdAt: core.clock.now(),
          recipients,
        });
      },
    );
  });
  core.wake();
  return await demandStatus(core, user, input.draft);
}

/** An attached mail that holds what no line of a mail may goes as a file of bytes, else no relay would take it. */
async function makePart(core: SendingCore, one: AttachmentRow): Promise<OutgoingPart> {
  const open = () => core.blobs.open(one.blob, 0, one.size);
  const bare = !one.type.startsWith('message/') || (await canStandBare(open()));
  return { ...one, type: bare ? one.type : 'application/octet-stream', open };
}

async function sendFile(
  core: SendingCore,
  user: string,
  input: SendOptions,
  file: SpooledFile,
): Promise<SendStatus> {
  const header = await readRawHeader(file.path);
  const { identities } = await core.home.readProfile(user);
  for (const address of header.senders) {
    if (findIdentity(identities, address) === undefined) throw refuseSender(address);
  }
  const recipients = readRecipients(header);
  await checkRoute(core, user, header.from, recipients);
  const when = decideTime(core, input);
  const messageId = header.messageId ?? makeMessageId(header.from, core.random);
  const missing = [
    ...(header.messageId === null ? [`Message-ID: ${messageId}\r\n`] : []),
    ...(header.hasDate ? [] : [`Date: ${new Date(when.dueAt).toUTCString().replace('GMT', '+0000')}\r\n`]),
  ].join('');
  const store = async (source: SpooledFile): Promise<SendStatus> => {
    const sent = await core.home.findMailbox(user, 'sent');
    const sendKey = makeId('snd', core.random);
    const [made] = await core.mails.ingestMails(
      user,
      [{ account: null, mailbox: sent.id, source, received: core.clock.now(), flags: ['seen'], sendKey }],
      async (tx, mails) =>
        await insertSend(tx, {
          user,
          mail: mails[0]!.mailId,
          sendKey,
          clientKey: input.key,
          messageId,
          mailFrom: toWireAddress(header.from),
          ...when,
          answered: null,
          forwarded: null,
          createdAt: core.clock.now(),
          recipients,
        }),
    );
    core.wake();
    return await demandStatus(core, user, made!.mailId);
  };
  return missing === '' ? await store(file) : await withSpooled(core, prepend(missing, file.path), store);
}

async function* prepend(text: string, path: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'latin1');
  yield* createReadStream(path) as AsyncIterable<Buffer>;
}

/** Takes back what no relay has seen yet; the mail is a draft again. MailError `conflict` reason `already-sent` when it is too late. */
async function cancelSend(core: SendingCore, user: string, mail: string): Promise<SendStatus> {
  const send = await findSendByMail(core.db.read, user, mail);
  if (send === null) throw new MailError('not-found', 'not sent from here', { reason: 'send' });
  if (send.state === 'cancelled') return await demandStatus(core, user, mail);
  const drafts = await core.home.findMailbox(user, 'drafts');
  const draft = await readDraft(core.db.read, user, mail);
  const takeBack = async (tx: Writer): Promise<void> => {
    if (!(await changeSendState(tx, user, mail, ['waiting'], 'cancelled'))) {
      throw new MailError('conflict', 'it is on its way already', { reason: 'already-sent' });
    }
    await reopenDraft(tx, user, mail);
  };
  if (draft === null) {
    await core.mails.move(user, [mail], drafts.id, takeBack);
    await core.mails.flag(user, [mail], ['draft'], []);
  } else {
    const { identities } = await core.home.readProfile(user);
    const attachments = await readAttachments(core.db.read, user, mail);
    const source = await copyDraft(draft, attachments, identities);
    const row = { source, received: draft.savedAt, sendKey: null, mailbox: drafts.id };
    await core.mails.replaceMail(user, mail, { ...row, flags: ['draft', 'seen'] }, takeBack);
  }
  return await demandStatus(core, user, mail);
}

async function demandStatus(core: SendingCore, user: string, mail: string): Promise<SendStatus> {
  const status = await readSendStatus(core, user, mail);
  if (status === null) throw new MailError('internal', 'a sent mail has no status');
  return status;
}

function decideTime(core: SendingCore, input: SendOptions): { dueAt: number; scheduled: boolean } {
  const now = core.clock.now();
  const earliest = now + input.undo * SECOND;
  const at = input.at === null ? null : new Date(input.at).getTime();
  if (at === null || at <= earliest) return { dueAt: earliest, scheduled: false };
  return { dueAt: at, scheduled: true };
}

function isSame(before: readonly AttachmentRow[], now: readonly AttachmentRow[]): boolean {
  return before.length === now.length && before.every((one, index) => one.id === now[index]?.id);
}

function refuseChanged(): MailError {
  return new MailError('conflict', 'the draft changed while it was sent', { reason: 'draft-changed' });
}
