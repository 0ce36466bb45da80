import { decodeText } from '../mime/charset.ts';
import type { HeaderFields } from '../mime/headers.ts';
import { extractText } from '../mime/html-text.ts';
import { listLeaves, type PartNode } from '../mime/part.ts';
import { scanStructure } from '../mime/structure.ts';
import { decodeTransfer } from '../mime/transfer.ts';

/** A DSN in its parts, decoded. */
export interface ReportParts {
  /** For people. */
  notice: string;
  /** message/delivery-status and message/global-delivery-status (RFC 3464, RFC 6533), null without one. */
  status: string | null;
  /** The mail that it is about, or its header; several where several stand there. */
  returned: string[];
}

const STATUS = /^message\/(?:global-)?delivery-status$/;
const RETURNED = /^(?:message\/(?:rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)$/;
/** UTF-16 units of each part that are looked at. */
const LONGEST = 100_000;

/** `body` may be only the begin of it. */
export function splitReport(headers: HeaderFields, body: Buffer): ReportParts {
  const { root } = scanStructure(headers, body);
  const leaves = listLeaves(root);
  const read = (part: PartNode): string => readPart(part, body);
  const status = leaves.find(({ type }) => STATUS.test(type));
  const returned = leaves.filter(({ type }) => RETURNED.test(type));
  const plain = leaves.filter(({ type }) => type === 'text/plain').map(read);
  const html = leaves.filter(({ type }) => type === 'text/html');
  const text = plain.length > 0 ? plain : html.map((part) => extractText(read(part), LONGEST));
  const { notice, rest } = cutNotice(text.join('\n'));
  return {
    notice,
    status: status === undefined ? null : read(status),
    returned: returned.length > 0 ? returned.map(read) : [rest],
  };
}

function readPart(part: PartNode, body: Buffer): string {
  const bytes = decodeTransfer(body.subarray(part.start, part.end), part.encoding);
  return decodeText(bytes, part.charset).slice(0, LONGEST).replace(/\r\n?/g, '\n');
}

/** Lines with which programs begin what they return (qmail, Exim, Sendmail, Gmail, Yahoo, GMX, Exchange …), and headers. */
const BEGIN =
  /^[ \t>]*(?:--.*\b(?:copy of (?:the|your) message|original message|message header|unsent message|returned message|undelivered message|header of the original|message text follows|body of (?:the )?message)|original message (?:follows|headers)[.:]?[ \t]*$|(?:return-path|received|message-id):[ \t]*\S)/i;
/** Characters of a line that are looked at. */
const LINE_BEGIN = 200;

/** The text before the mail that a notice without parts returns, and that mail. */
function cutNotice(text: string): { notice: string; rest: string } {
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    if (BEGIN.test(text.slice(at, Math.min(end, at + LINE_BEGIN)))) break;
    at = end + 1;
  }
  return { notice: text.slice(0, at), rest: text.slice(at) };
}
