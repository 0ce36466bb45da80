import { formatTime } from '../../../common/time.ts';
import type { BlobReader } from '../../blob/blob-reader.ts';
import type { StorageCore } from '../../context.ts';
import { readLabels, unpackFlags, type MailRecord } from '../../mail/mail-record.ts';
import type { Address } from '../../../common/shapes/address.ts';
import { openOriginal } from '../open-original.ts';
import { isLost, type OnLost } from '../lost-mails.ts';
import { makeOwnLines } from './own-lines.ts';
import { FromQuoter } from './quote.ts';

/** Mails as an mbox (mboxrd): what was quoted and added for it is taken away again by our import. */
export async function* writeMbox(
  core: Pick<StorageCore, 'blobs' | 'home' | 'ids'>,
  user: string,
  pages: AsyncIterable<MailRecord[]>,
  onLost: OnLost,
): AsyncGenerator<Buffer, void, undefined> {
  const { mailboxes } = await core.home.readProfile(user);
  const byId = new Map(mailboxes.map((mailbox) => [mailbox.id, mailbox]));
  for await (const page of pages) {
    for (const mail of page) {
      const source = await readThrough(core.blobs, mail).catch((error: unknown) => {
        if (!isLost(error)) throw error;
        onLost({ id: core.ids.mail(user, mail.id), size: mail.size }, error);
        return null;
      });
      if (source === null) continue;
      const mailbox = byId.get(mail.mailbox);
      const lines = makeOwnLines({
        size: mail.size,
        mailbox: mailbox?.path ?? '',
        role: mailbox?.role ?? null,
        flags: unpackFlags(mail.flags),
        labels: readLabels(mail.labels),
        received: formatTime(mail.received),
      });
      yield Buffer.from(`${makeFromLine(mail)}\n${lines}`, 'latin1');
      const quoter = new FromQuoter(false);
      let last = 0;
      for await (const piece of source) {
        const quoted = quoter.push(piece);
        if (piece.length > 0) last = piece[piece.length - 1]!;
        if (quoted.length > 0) yield quoted;
      }
      yield Buffer.concat([quoter.end(), Buffer.from(last === 10 ? '\n' : '\n\n')]);
    }
  }
}

const SMALL = 1 << 20;

/** Before its first line is written all of a mail has been read; what is large is read again then. */
async function readThrough(
  blobs: BlobReader,
  mail: MailRecord,
): Promise<Iterable<Buffer> | AsyncIterable<Buffer>> {
  const pieces: Buffer[] = [];
  for await (const piece of openOriginal(blobs, mail)) if (mail.size <= SMALL) pieces.push(piece);
  return mail.size <= SMALL ? pieces : openOriginal(blobs, mail);
}

/** RFC 4155: sender and UTC time of delivery. */
function makeFromLine({ sender, received }: MailRecord): string {
  const [from] = JSON.parse(sender) as Address[];
  const address = from?.address ?? '';
  const name = /^[\x21-\x7e]+@[\x21-\x7e]+$/.test(address) ? address : 'MAILER-DAEMON';
  const [weekday, day, month, year, time] = new Date(received).toUTCString().replace(',', '').split(' ');
  return `From ${name} ${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}
