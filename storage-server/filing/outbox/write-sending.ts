import { createHash } from 'node:crypto';
import { MailError } from '../../../common/errors.ts';
import { MESSAGE_BYTES } from '../../../common/shapes/draft.ts';
import type { MailRow } from '../../../common/shapes/mail.ts';
import type { Language } from '../../../common/shapes/profile.ts';
import type { Home } from '../../home/home.ts';
import type { MailBytes, Mails } from '../../mail/mails.ts';
import { MIME_LIMITS } from '../../mime/limits.ts';
import { findBody } from '../../mime/split.ts';
import { makeMessageId } from '../../draft/message-id.ts';
import { makeLoopMark } from '../describe-mail.ts';
import type { OutboxRow } from './outbox-store.ts';
import { listFields, readRawFields } from '../read-header.ts';
import { LOOP_FIELD } from '../sending-rule.ts';
import { resendOriginal, wrapOriginal, writeAnswer } from './write-answer.ts';

const FORWARDED: Record<Language, string> = {
  en: 'A rule of mine forwards this message to you. It is attached as it came.',
  es: 'Una regla mía te reenvía este mensaje. Va adjunto tal como llegó.',
};

/** How much larger a file is inside a mail: base64 in lines of 76. */
const WRAPPED = (4 / 3) * (78 / 76);
/** As `makeLoopMark` makes them. */
const MARK = /^[\w-]{22}$/;

/** The bytes that leave for a row of the outbox; at every try the same. MailError `not-found`: the mail is gone; `too-large`: no relay takes it. */
export async function writeSending(
  core: { mails: Pick<Mails, 'openRaw' | 'readRows'>; home: Pick<Home, 'readProfile'> },
  row: OutboxRow,
): Promise<() => AsyncIterable<Uint8Array>> {
  const loopMark = makeLoopMark(row.user);
  const stamp = {
    messageId: makeMessageId(row.answer?.from ?? row.mailFrom, (size) => digestKey(row.sendKey, size)),
    date: new Date(row.createdAt),
    loopMark,
  };
  if (row.answer !== null) {
    const message = await writeAnswer(row.answer, stamp);
    return () => onePiece(message);
  }
  const raw = await core.mails.openRaw(row.user, row.mail, null);
  if (raw.size * (row.form === 'own' ? WRAPPED : 1) > MESSAGE_BYTES) {
    throw new MailError('too-large', 'the mail is larger than may be sent', { reason: 'message' });
  }
  const open = (): AsyncIterable<Uint8Array> => raw.open(0, raw.size);
  if (row.form === 'original') return () => resendOriginal(open(), loopMark);
  const { identities, language } = await core.home.readProfile(row.user);
  const [mail] = await core.mails.readRows(row.user, [row.mail]);
  const people = {
    from: row.mailFrom,
    fromName: identities.find(({ address }) => address === row.mailFrom)?.name ?? null,
    to: row.recipient,
    replyTo: findAuthor(mail),
  };
  const stamped = { ...stamp, passed: await readLoopMarks(raw), text: FORWARDED[language ?? 'en'] };
  return () => wrapOriginal({ open, subject: mail?.subject ?? '' }, people, stamped);
}

/** For whom it was forwarded before: in the file their marks would not be seen, and two who forward to each other would never end. */
async function readLoopMarks(raw: MailBytes): Promise<string[]> {
  const pieces: Buffer[] = [];
  for await (const piece of raw.open(0, Math.min(raw.size, MIME_LIMITS.headerBytes))) {
    pieces.push(piece as Buffer);
  }
  const begin = Buffer.concat(pieces);
  const marks = listFields(readRawFields(begin.subarray(0, findBody(begin))), LOOP_FIELD.toLowerCase());
  return [...new Set(marks)].filter((mark) => MARK.test(mark));
}

function findAuthor(mail: MailRow | undefined): string | null {
  const address = mail?.from[0]?.address ?? '';
  return address === '' ? null : address;
}

function digestKey(sendKey: string, size: number): Uint8Array {
  return createHash('sha256').update(sendKey).digest().subarray(0, size);
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
