import { MailError } from '../../common/errors.ts';
import { makeId } from '../../common/ids.ts';
import type { SendStatus } from '../../common/shapes/status.ts';
import { toAsciiAddress } from '../../server-kit/mail-domain.ts';
import { type AttachmentRow, markDraftSent, readAttachments } from '../draft/draft-store.ts';
import { demandDraft, refuseSent } from '../draft/make-drafts.ts';
import { makeMessageId } from '../draft/message-id.ts';
import { type OutgoingPart, buildMessage } from './message/build-message.ts';
import { checkRoute } from './check-route.ts';
import { chooseDueTime } from './waiting/choose-due-time.ts';
import { readRecipients } from './message/envelope.ts';
import { findSender } from './find-sender.ts';
import { canStandBare } from './message/raw-message.ts';
import { demandStatus } from './status/read-status.ts';
import { findSendByMail, insertSend } from './send-store.ts';
import type { SendingCore } from './sending-core.ts';
import type { SendOptions } from './sending.ts';
import { withSpooled } from './spool.ts';

/** Builds the draft once and turns its row into a mail in Sent; a draft that was sent before answers with its status. */
export async function sendDraft(
  core: SendingCore,
  user: string,
  input: SendOptions & { draft: string },
): Promise<SendStatus> {
  const before = await findSendByMail(core.db.read, user, input.draft);
  if (before !== null && before.state !== 'cancelled') return await demandStatus(core, user, input.draft);
  const draft = await demandDraft(core.desk, user, input.draft);
  const { content, thread } = draft;
  const { identities } = await core.home.readProfile(user);
  const sender = await findSender(core, user, identities, content);
  const recipients = readRecipients(content);
  await checkRoute(core, user, sender.address, recipients);
  await core.mails.demandRoom(user, 1);
  const attachments = await readAttachments(core.db.read, user, input.draft);
  const when = chooseDueTime(core.clock, input);
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
          mailFrom: toAsciiAddress(sender.address),
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

function isSame(before: readonly AttachmentRow[], now: readonly AttachmentRow[]): boolean {
  return before.length === now.length && before.every((one, index) => one.id === now[index]?.id);
}

function refuseChanged(): MailError {
  return new MailError('conflict', 'the draft changed while it was sent', { reason: 'draft-changed' });
}
