import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { makeId } from '../../common/ids.ts';
import { formatMailDate } from '../../common/mail-date.ts';
import type { SendStatus } from '../../common/shapes/status.ts';
import { toAsciiAddress } from '../../server-kit/mail-domain.ts';
import { makeMessageId } from '../draft/message-id.ts';
import { checkRoute } from './check-route.ts';
import { chooseDueTime } from './waiting/choose-due-time.ts';
import { readRecipients } from './message/envelope.ts';
import { demandSender } from './find-sender.ts';
import { normaliseLines, readRawHeader } from './message/raw-message.ts';
import { demandStatus } from './status/read-status.ts';
import { insertSend } from './send-store.ts';
import type { SendingCore } from './sending-core.ts';
import type { SendOptions } from './sending.ts';
import { type SpooledFile, withSpooled } from './spool.ts';

/** Stores a ready message in Sent, with the Message-ID and Date that it may lack. MailError when its sender is none of the user's. */
export async function sendRaw(
  core: SendingCore,
  user: string,
  input: SendOptions & { body: Readable },
): Promise<SendStatus> {
  const lines = normaliseLines(input.body);
  return await withSpooled(core, lines, async (file) => await sendFile(core, user, input, file));
}

async function sendFile(
  core: SendingCore,
  user: string,
  input: SendOptions,
  file: SpooledFile,
): Promise<SendStatus> {
  await core.mails.demandRoom(user, file.size);
  const header = await readRawHeader(file.path);
  const { identities } = await core.home.readProfile(user);
  for (const address of header.senders) {
    await demandSender(core, user, identities, address);
  }
  const recipients = readRecipients(header);
  await checkRoute(core, user, header.from, recipients);
  const when = chooseDueTime(core.clock, input);
  const messageId = header.messageId ?? makeMessageId(header.from, core.random);
  const missing = [
    ...(header.messageId === null ? [`Message-ID: ${messageId}\r\n`] : []),
    ...(header.hasDate ? [] : [`Date: ${formatMailDate(new Date(when.dueAt))}\r\n`]),
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
          mailFrom: toAsciiAddress(header.from),
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
