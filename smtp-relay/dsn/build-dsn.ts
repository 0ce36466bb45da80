import { isAscii } from '../../common/envelope.ts';
import { formatMailDate } from '../../common/mail-date.ts';
import { encodeQuotedPrintable } from '../seven-bit/encode-bytes.ts';
import type { DsnInput, Returned } from './dsn-input.ts';
import { needsUtf8, writeReport } from './write-report.ts';
import { writeSubject, writeText } from './write-text.ts';

/**
 * A DSN: multipart/report (RFC 6522) of a text for people, the report (RFC 3464) and what is returned of the mail; with
 * UTF-8 addresses or headers in the forms of RFC 6533.
 */
export function buildDsn(input: DsnInput): Buffer {
  const text = writeText(input);
  const report = writeReport(input);
  const utf8 = needsUtf8(input);
  const open = `--${input.boundary}`;
  const before = [
    ...writeTop(input),
    '',
    'This is a multipart message in MIME format.',
    '',
    open,
    ...describePart('text/plain; charset=utf-8', isAscii(text) ? '7bit' : 'quoted-printable'),
    ...(input.language === null ? [] : [`Content-Language: ${input.language}`]),
    '',
    isAscii(text) ? text : encodeQuotedPrintable(Buffer.from(text)).toString(),
    open,
    ...describePart(
      utf8 ? 'message/global-delivery-status' : 'message/delivery-status',
      utf8 ? '8bit' : '7bit',
    ),
    '',
    report,
    open,
    ...describeReturned(input.returned),
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([
    Buffer.from(before),
    ensureNewline(input.returned.bytes),
    Buffer.from(`\r\n${open}--\r\n`),
  ]);
}

function writeTop(input: DsnInput): string[] {
  const { originalMessageId } = input;
  return [
    `From: Mail Delivery System <MAILER-DAEMON@${input.reporter}>`,
    `To: <${input.to}>`,
    `Subject: ${writeSubject(input)}`,
    `Date: ${formatMailDate(input.now)}`,
    `Message-ID: ${input.messageId}`,
    ...(originalMessageId === null
      ? []
      : [`In-Reply-To: ${originalMessageId}`, `References: ${originalMessageId}`]),
    // RFC 3834 5: no automatic answer to an automatic answer.
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${input.boundary}"`,
  ];
}

function describePart(type: string, encoding: string): string[] {
  return [`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`];
}

function describeReturned({ kind, bytes }: Returned): string[] {
  const end = bytes.indexOf('\r\n\r\n');
  const headers = kind === 'headers' || end === -1 ? bytes : bytes.subarray(0, end);
  const global = headers.some((byte) => byte > 0x7f);
  const bits = bytes.some((byte) => byte > 0x7f) ? '8bit' : '7bit';
  if (kind === 'headers')
    return describePart(global ? 'message/global-headers' : 'text/rfc822-headers', bits);
  return describePart(global ? 'message/global' : 'message/rfc822', bits);
}

function ensureNewline(bytes: Buffer): Buffer {
  return bytes.subarray(-2).toString('latin1') === '\r\n'
    ? bytes
    : Buffer.concat([bytes, Buffer.from('\r\n')]);
}
