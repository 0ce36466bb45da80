import { normaliseMessageId } from '../../common/compose/references.ts';
import { listMessageIds } from '../mime/digest.ts';
import { decodeHeaderText, parseHeaders } from '../mime/headers.ts';
import { parseNotice } from './parse-notice.ts';
import { parseStatus } from './parse-status.ts';
import type { Report } from './report.ts';
import { listAddresses } from './report-address.ts';
import { splitReport } from './report-parts.ts';

/** Bytes of a body that are read: what it reports stands before the mail that it returns. */
export const REPORT_BYTES = 256 * 1024;

/** Most ids that are looked up for one notification. */
const MOST_IDS = 8;

/** Reads a delivery status notification; null for what reports of nobody. `body` may be only its begin. Never throws. */
export function readReport(header: Buffer, body: Buffer): Report | null {
  const headers = parseHeaders(header);
  const { notice, status, returned } = splitReport(headers, body.subarray(0, REPORT_BYTES));
  const parsed = status === null ? null : parseStatus(status);
  const failed = listAddresses(headers.get('x-failed-recipients') ?? '');
  const subject = decodeHeaderText(headers.get('subject'), 500);
  const told = parsed !== null && parsed.recipients.length > 0;
  const recipients = told ? parsed.recipients : parseNotice(subject, notice, failed);
  if (recipients.length === 0) return null;
  // Whoever answers a mail names it too: only a report proper is believed that it is about that one (Exchange Online).
  const answered =
    parsed === null
      ? []
      : [
          ...listMessageIds(headers.get('in-reply-to')),
          ...listMessageIds(headers.get('references')).slice(-1),
        ];
  const ids = [...(parsed?.messageIds ?? []), ...returned.flatMap(readReturnedId), ...answered];
  return {
    envelopeId: parsed?.envelopeId ?? null,
    queueIds: [...new Set(returned.flatMap(readQueueIds))].slice(0, MOST_IDS),
    messageIds: [...new Set(ids.map(normaliseMessageId).filter((one) => one !== null))].slice(0, MOST_IDS),
    recipients,
    mentioned: [...new Set([...failed, ...listAddresses(notice)])],
  };
}

/** Only the first: what stands further down may be a mail that the returned one quotes. */
function readReturnedId(text: string): string[] {
  const field = /^[ \t>]*Message-ID[ \t]*:[ \t]*(?:\n[ \t]+)?(<[^<>\n]{1,990}>)/im.exec(text);
  return field === null ? [] : [field[1]!.replace(/\s/g, '')];
}

/** As submission/prepare-message.ts of the relay writes them. */
function readQueueIds(text: string): string[] {
  return [...text.matchAll(/\(Valija\)\s+with\s+[A-Z0-9]+\s+id\s+([\w-]{1,64})/g)].map((match) => match[1]!);
}
