import { isAscii } from '../../common/envelope.ts';
import type { DsnInput, ReportedRecipient } from './dsn-input.ts';
import { formatMailDate } from '../../common/mail-date.ts';
import { readOriginal } from './xtext.ts';

/** The part for programs (RFC 3464 2): fields of the mail, then a group of fields for each recipient. Lines end with CRLF. */
export function writeReport(input: DsnInput): string {
  const head = [
    ...field('Original-Envelope-Id', input.envelopeId),
    `Reporting-MTA: dns;${input.reporter}`,
    `X-Valija-Queue-Id: ${input.queueId}`,
    `Arrival-Date: ${formatMailDate(input.arrived)}`,
  ];
  return [head, ...input.recipients.map(describeGroup)]
    .map((lines) => `${lines.join('\r\n')}\r\n`)
    .join('\r\n');
}

/** Whether the report needs the form of RFC 6533. */
export function needsUtf8(input: DsnInput): boolean {
  return !isAscii(writeReport(input)) || !isAscii(input.to);
}

function describeGroup(recipient: ReportedRecipient): string[] {
  const { address, host, diagnostic, retryUntil } = recipient;
  return [
    ...field('Original-Recipient', readOriginal(recipient.original ?? '')),
    `Final-Recipient: ${typeOf(address)};${clean(address)}`,
    `Action: ${recipient.action}`,
    `Status: ${recipient.enhanced}`,
    ...field('Remote-MTA', host === null || host === '' ? null : `dns;${host}`),
    ...field(
      'Diagnostic-Code',
      diagnostic === null ? null : `${recipient.saidByHost ? 'smtp' : 'X-Valija'};${diagnostic}`,
    ),
    ...field('X-Valija-Reason', recipient.reason),
    `Last-Attempt-Date: ${formatMailDate(recipient.lastAttempt)}`,
    ...field('Will-Retry-Until', retryUntil === null ? null : formatMailDate(retryUntil)),
  ];
}

function field(name: string, value: string | null): string[] {
  return value === null || value === '' ? [] : [`${name}: ${clean(value)}`];
}

function typeOf(address: string): string {
  return isAscii(address) ? 'rfc822' : 'utf-8';
}

/** What others said must not begin a field of its own. */
function clean(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}
