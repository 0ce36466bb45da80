import { formatMailDate } from '../../../common/mail-date.ts';
import type { Millis } from '../../../common/time.ts';
import { SubmissionRefusal } from '../refusal.ts';
import { parseHeader, readAddresses, readValue, type HeaderField } from './header-block.ts';
import { splitHeader } from './split-header.ts';

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
  /** Arriving matters more to its sender than any TLS policy. */
  tlsOptional: boolean;
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
export function prepareMessage(pieces: readonly Buffer[], options: PrepareOptions): PreparedMessage {
  const split = splitHeader(pieces);
  if (split === null) throw new SubmissionRefusal(552, '5.3.4', 'header larger than 1 MB');
  const fields = parseHeader(split.header);
  if (fields === null) throw new SubmissionRefusal(554, '5.6.0', 'malformed header');
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
  const rest = split.rest.length === 0 ? [Buffer.from('\r\n')] : split.rest;
  // The only copy that is made of it.
  const body = Buffer.concat([
    Buffer.from(`${added.join('\r\n')}\r\n`),
    ...kept.map((field) => field.raw),
    ...rest,
  ]);
  return { body, messageId, from, senders, tlsOptional: isTlsOptional(fields) };
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

/** `TLS-Required: No` (RFC 8689 5): one such field with that value; anything else means nothing. */
function isTlsOptional(fields: readonly HeaderField[]): boolean {
  const [field, second] = fields.filter((candidate) => candidate.name === 'tls-required');
  return field !== undefined && second === undefined && readValue(field).toLowerCase() === 'no';
}
