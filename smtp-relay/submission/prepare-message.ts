import type { Millis } from '../../common/time.ts';
import { formatMailDate } from '../dsn/build-dsn.ts';
import { parseMessage, readAddresses, readValue, type HeaderField } from './header-block.ts';
import type { LineProblem } from './line-scanner.ts';
import { SubmissionRefusal } from './refusal.ts';

/** Passed through this many hosts, a mail is going round in circles (RFC 5321 6.3). */
const MAX_RECEIVED = 30;

/** Never leave: who was blind-copied, and what only a final host may write. */
const STRIPPED = new Set(['bcc', 'resent-bcc', 'return-path']);

export interface PreparedMessage {
  /** What is queued and leaves. */
  body: Buffer;
  messageId: string;
  /** Every address in From and Sender, or whoever resends: each has to be the user's. */
  senders: string[];
  /** The first of them: its identity decides the route, and its domain signs. */
  from: string;
}

export interface PrepareOptions {
  queueId: string;
  /** The relay's name for Received. */
  name: string;
  /** `ESMTPSA` and the like (RFC 3848). */
  protocol: string;
  now: Millis;
  /** Who passes on what somebody else wrote, whatever its From says; null: From and Sender have to be the user's. */
  resentBy: string | null;
}

/** Completes a submitted message (RFC 6409 8): Received, Date and Message-ID; takes out Bcc. Throws SubmissionRefusal. */
export function prepareMessage(message: Buffer, options: PrepareOptions): PreparedMessage {
  const parsed = parseMessage(message);
  if (parsed === null) throw new SubmissionRefusal(554, '5.6.0', 'malformed header');
  const { fields, rest } = parsed;
  if (fields.filter((field) => field.name === 'received').length > MAX_RECEIVED) {
    throw new SubmissionRefusal(554, '5.4.6', 'mail loop: too many Received fields');
  }
  const senders = options.resentBy === null ? readSenders(fields) : [options.resentBy];
  const from = senders[0] ?? '';
  const added = [
    `Received: by ${options.name} (Valija) with ${options.protocol} id ${options.queueId};`,
    `\t${formatMailDate(new Date(options.now))}`,
  ];
  if (!fields.some((field) => field.name === 'date')) {
    added.push(`Date: ${formatMailDate(new Date(options.now))}`);
  }
  const known = findMessageId(fields);
  const messageId = known ?? `<${options.queueId}@${from.slice(from.lastIndexOf('@') + 1)}>`;
  if (known === null) added.push(`Message-ID: ${messageId}`);
  const kept = fields.filter(
    (field) => !STRIPPED.has(field.name) && (known !== null || field.name !== 'message-id'),
  );
  const body = Buffer.concat([
    Buffer.from(`${added.join('\r\n')}\r\n`),
    ...kept.map((field) => field.raw),
    rest.length === 0 ? Buffer.from('\r\n') : rest,
  ]);
  return { body, messageId, from, senders };
}

function readSenders(fields: readonly HeaderField[]): string[] {
  const froms = readAddresses(fields, 'from');
  if (fields.filter((field) => field.name === 'from').length !== 1 || froms.length === 0) {
    throw new SubmissionRefusal(554, '5.6.0', 'exactly one From field with an address is needed');
  }
  return [...new Set([...froms, ...readAddresses(fields, 'sender')])];
}

/** The Message-ID as it will be referred to; null when there is none worth the name. */
function findMessageId(fields: readonly HeaderField[]): string | null {
  const field = fields.find((candidate) => candidate.name === 'message-id');
  const id = field === undefined ? '' : readValue(field);
  return /^<[^<>\s]{1,900}>$/.test(id) ? id : null;
}

const LINE_TEXT: Record<LineProblem, string> = {
  'bare-cr': 'bare CR in the message',
  'bare-lf': 'bare LF in the message',
  nul: 'NUL in the message',
  'long-line': 'line longer than 998 octets',
};

export function refuseLines(problem: LineProblem): SubmissionRefusal {
  return new SubmissionRefusal(554, '5.6.0', LINE_TEXT[problem]);
}
