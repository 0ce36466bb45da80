import { buildMessage, type OutgoingMail } from '../../sending/message/build-message.ts';
import type { AutomaticAnswer } from '../answer.ts';
import { LOOP_FIELD } from '../sending-rule.ts';

/** What every notice of one sending has: the same bytes at every try. */
export interface NoticeStamp {
  messageId: string;
  date: Date;
  loopMark: string;
}

/** The answer as a message (RFC 5230 5, RFC 3834 3): marked as automatic, in the thread of what it answers. Lines end with CRLF. */
export async function writeAnswer(answer: AutomaticAnswer, stamp: NoticeStamp): Promise<Buffer> {
  const { from, fromName, to, subject, inReplyTo, references } = answer;
  const message = await readMessage({
    messageId: stamp.messageId,
    date: stamp.date,
    from: { name: fromName, address: from },
    replyTo: null,
    to: [{ name: null, address: to }],
    cc: [],
    bcc: [],
    subject,
    text: answer.mime ? '' : answer.text,
    html: null,
    inReplyTo,
    references,
    attachments: [],
  });
  const marked = Buffer.concat([makeMarks('auto-replied (vacation)', [stamp.loopMark]), message]);
  return answer.mime ? replaceContent(marked, answer.text) : marked;
}

/** A mail of ours with `original` as a file: for who takes no mail with another's From from us. `passed`: its own loop marks. */
export async function* wrapOriginal(
  original: { open: () => AsyncIterable<Uint8Array>; subject: string },
  people: { from: string; fromName: string | null; to: string; replyTo: string | null },
  stamp: NoticeStamp & { text: string; passed: readonly string[] },
): AsyncGenerator<Uint8Array> {
  yield makeMarks('auto-generated', [stamp.loopMark, ...stamp.passed]);
  yield* buildMessage({
    messageId: stamp.messageId,
    date: stamp.date,
    from: { name: people.fromName, address: people.from },
    replyTo: people.replyTo,
    to: [{ name: null, address: people.to }],
    cc: [],
    bcc: [],
    subject: `Fwd: ${original.subject}`.trim(),
    text: stamp.text,
    html: null,
    inReplyTo: null,
    references: [],
    // As bytes: whatever its lines are like, they pass.
    attachments: [
      { id: 'original', name: 'original.eml', type: 'application/octet-stream', open: original.open },
    ],
  }) as AsyncIterable<Buffer>;
}

/** What is passed on as it came, with our mark in front. */
export async function* resendOriginal(
  original: AsyncIterable<Uint8Array>,
  loopMark: string,
): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${LOOP_FIELD}: ${loopMark}\r\n`);
  yield* original;
}

function makeMarks(kind: string, loopMarks: readonly string[]): Buffer {
  const fields = loopMarks.map((one) => `${LOOP_FIELD}: ${one}\r\n`);
  return Buffer.from(`Auto-Submitted: ${kind}\r\n${fields.join('')}`);
}

async function readMessage(mail: OutgoingMail): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of buildMessage(mail)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Content fields of a MIME entity (RFC 2045 3); what else a script wrote there is none of its business. */
const CONTENT_FIELD = /^(?:content-[!-9;-~]+|mime-version):/i;

function replaceContent(message: Buffer, entity: string): Buffer {
  const header = message.toString('latin1', 0, message.indexOf('\r\n\r\n') + 2);
  const own = splitFields(header).filter((field) => !CONTENT_FIELD.test(field));
  const text = Buffer.from(entity.replace(/\r\n?|\n/g, '\r\n')).toString('latin1');
  const end = text.startsWith('\r\n') ? 0 : text.indexOf('\r\n\r\n') + 2;
  const fields = splitFields(text.slice(0, end)).filter((field) => CONTENT_FIELD.test(field));
  if (!fields.some((field) => /^mime-version:/i.test(field))) fields.unshift('MIME-Version: 1.0\r\n');
  const body = end === 1 ? `\r\n${text}` : text.slice(end);
  return Buffer.from([...own, ...fields, body].join(''), 'latin1');
}

/** Fields of a header whose lines end with CRLF, folded lines with the one they belong to. */
function splitFields(header: string): string[] {
  return header.split(/(?<=\r\n)(?![ \t])/).filter((field) => field !== '');
}
