import { isAscii } from '../../common/envelope.ts';

/** One recipient as a DSN reports it (RFC 3464 2.3). */
export interface ReportedRecipient {
  address: string;
  /** ORCPT as submitted, `type;xtext`; null when none was given. */
  original: string | null;
  enhanced: string;
  /** Host that said so, null when none was reached. */
  host: string | null;
  /** That host's line, or our own finding. */
  diagnostic: string | null;
  /** Whether a host said `diagnostic`. */
  saidByHost: boolean;
  lastAttempt: Date;
}

export interface DsnInput {
  /** The relay's own name, without private data. */
  reporter: string;
  /** Envelope sender of the mail: it gets the DSN. */
  to: string;
  envelopeId: string | null;
  queueId: string;
  arrived: Date;
  now: Date;
  messageId: string;
  boundary: string;
  recipients: readonly ReportedRecipient[];
  /** Header block of the mail with CRLF line ends. */
  headers: Buffer;
  /** Message-ID of the mail, for threading. */
  originalMessageId: string | null;
}

/**
 * A failure DSN: multipart/report of RFC 3462 with a text for people, the report of RFC 3464 and
 * the headers of the mail; with UTF-8 addresses or headers in the forms of RFC 6533.
 */
export function buildDsn(input: DsnInput): Buffer {
  const utf8 = [input.to, ...input.recipients.map((r) => `${r.address}${r.diagnostic ?? ''}`)].some(
    (text) => !isAscii(text),
  );
  const utf8Headers = input.headers.some((byte) => byte > 0x7f);
  const kind = utf8 ? 'message/global-delivery-status' : 'message/delivery-status';
  const returned = utf8Headers ? 'message/global-headers' : 'text/rfc822-headers';
  const part = (type: string, bits: boolean): string =>
    `--${input.boundary}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: ${bits ? '8bit' : '7bit'}\r\n\r\n`;
  const text = [
    ...writeTop(input),
    '',
    'This is a multipart message in MIME format.',
    '',
    part('text/plain; charset=utf-8', utf8) + writeExplanation(input),
    part(kind, utf8) + writeReport(input, utf8),
    part(returned, utf8Headers),
  ].join('\r\n');
  return Buffer.concat([
    Buffer.from(text),
    ensureNewline(input.headers),
    Buffer.from(`\r\n--${input.boundary}--\r\n`),
  ]);
}

function writeTop(input: DsnInput): string[] {
  const thread =
    input.originalMessageId === null
      ? []
      : [`In-Reply-To: ${input.originalMessageId}`, `References: ${input.originalMessageId}`];
  return [
    `From: Mail Delivery System <MAILER-DAEMON@${input.reporter}>`,
    `To: <${input.to}>`,
    'Subject: Undelivered mail',
    `Date: ${formatMailDate(input.now)}`,
    `Message-ID: ${input.messageId}`,
    ...thread,
    // RFC 3834: no automatic answer to an automatic answer.
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${input.boundary}"`,
  ];
}

function writeExplanation(input: DsnInput): string {
  const lines = input.recipients.flatMap((recipient) => [
    `<${recipient.address}>`,
    ...wrap(
      recipient.saidByHost && recipient.host !== null
        ? `${recipient.host} answered: ${recipient.diagnostic ?? ''}`
        : (recipient.diagnostic ?? `status ${recipient.enhanced}`),
    ),
    '',
  ]);
  return [
    'Your mail could not be delivered to the recipients below, and it will not',
    'be tried again. The answers of the other servers are given as they came.',
    '',
    ...lines,
    'The headers of your mail are attached; the mail itself is in your Sent mailbox.',
    '',
  ].join('\r\n');
}

function writeReport(input: DsnInput, utf8: boolean): string {
  const type = utf8 ? 'utf-8' : 'rfc822';
  const groups = input.recipients.map((recipient) =>
    [
      ...(recipient.original === null ? [] : [`Original-Recipient: ${recipient.original}`]),
      `Final-Recipient: ${type};${recipient.address}`,
      'Action: failed',
      `Status: ${recipient.enhanced}`,
      ...(recipient.host === null || recipient.host === '' ? [] : [`Remote-MTA: dns;${recipient.host}`]),
      ...(recipient.diagnostic === null
        ? []
        : [`Diagnostic-Code: ${recipient.saidByHost ? 'smtp' : 'X-Valija'};${recipient.diagnostic}`]),
      `Last-Attempt-Date: ${formatMailDate(recipient.lastAttempt)}`,
    ].join('\r\n'),
  );
  const head = [
    ...(input.envelopeId === null ? [] : [`Original-Envelope-Id: ${input.envelopeId}`]),
    `Reporting-MTA: dns;${input.reporter}`,
    `X-Valija-Queue-Id: ${input.queueId}`,
    `Arrival-Date: ${formatMailDate(input.arrived)}`,
  ].join('\r\n');
  return `${[head, ...groups].join('\r\n\r\n')}\r\n`;
}

/** Lines of the text for people, indented, no longer than they can be read. */
function wrap(text: string): string[] {
  return (text.match(/\S.{0,68}(?=\s|$)|\S{69}/g) ?? []).map((line) => `    ${line.trim()}`);
}

function ensureNewline(headers: Buffer): Buffer {
  return headers.subarray(-2).toString('latin1') === '\r\n'
    ? headers
    : Buffer.concat([headers, Buffer.from('\r\n')]);
}

/** RFC 5322 3.3, in UTC. */
export function formatMailDate(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}
