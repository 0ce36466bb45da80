import { isAscii, isUtf8 } from 'node:buffer';
import { encodeBase64, encodeQuotedPrintable } from './encode-bytes.ts';

/** Parts within parts; more is an attack. */
const MAX_DEPTH = 20;

interface Entity {
  /** With the empty line behind it. */
  head: string;
  body: Buffer;
}

/**
 * The message with no byte over 127, for hosts without 8BITMIME (RFC 6152 3) and before it is signed (RFC 6376 5.3):
 * text becomes quoted-printable, all else base64. The same message where there is nothing to do; null where it cannot be
 * done: in header fields, and within what somebody signed or encrypted (RFC 1847 2.1). Lines end with CRLF.
 */
export function toSevenBit(message: Buffer): Buffer | null {
  return isAscii(message) ? message : convert(message, 0);
}

function convert(bytes: Buffer, depth: number): Buffer | null {
  if (isAscii(bytes)) return bytes;
  const { head, body } = splitEntity(bytes);
  // eslint-disable-next-line no-control-regex -- ASCII ends there
  if (depth > MAX_DEPTH || /[^\u0000-\u007f]/.test(head)) return null;
  const type = readField(head, 'content-type') ?? 'text/plain';
  const kind = type.replace(/[\s;].*$/s, '').toLowerCase();
  if (/^multipart\/(signed|encrypted)$/.test(kind)) return null;
  if (kind.startsWith('multipart/')) {
    const boundary = readBoundary(type);
    const parts = boundary === null ? null : convertParts(body, boundary, depth);
    return parts === null ? null : join(setEncoding(head, '7bit', true), parts);
  }
  if (kind.startsWith('message/')) {
    // RFC 2046 5.2.1: such a body is a mail itself, and never encoded.
    const inner = kind === 'message/rfc822' ? convert(body, depth + 1) : null;
    return inner === null ? null : join(setEncoding(head, '7bit', true), inner);
  }
  const encoding = (readField(head, 'content-transfer-encoding') ?? '8bit').trim().toLowerCase();
  // It says that it is encoded, and is not: nobody knows what it means.
  if (!['7bit', '8bit', 'binary'].includes(encoding)) return null;
  return kind.startsWith('text/')
    ? join(
        setEncoding(nameCharset(head, body, depth), 'quoted-printable', false),
        encodeQuotedPrintable(body),
      )
    : join(setEncoding(head, 'base64', false), encodeBase64(body));
}

/** Each part by itself; what stands before the first and behind the last is for nobody, and must be plain. */
function convertParts(body: Buffer, boundary: string, depth: number): Buffer | null {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const out: Buffer[] = [];
  let begin = 0;
  let within = false;
  let closed = false;
  for (let at = findMark(body, mark, 0); ; at = findMark(body, mark, at + mark.length)) {
    const end = at === -1 || closed ? body.length : at;
    const piece = body.subarray(begin, end);
    // The CRLF before a mark belongs to the mark.
    const own =
      within && at !== -1 && piece.subarray(-2).toString() === '\r\n' ? piece.subarray(0, -2) : piece;
    const converted = within ? convert(own, depth + 1) : isAscii(piece) ? piece : null;
    if (converted === null) return null;
    out.push(converted, piece.subarray(own.length));
    if (end === body.length) return Buffer.concat(out);
    const newline = body.indexOf(0x0a, at);
    const lineEnd = newline === -1 ? body.length : newline + 1;
    out.push(body.subarray(at, lineEnd));
    begin = lineEnd;
    closed = body.subarray(at + mark.length, at + mark.length + 2).toString() === '--';
    within = !closed;
  }
}

/** A line that begins with the mark, behind `from`. */
function findMark(body: Buffer, mark: Buffer, from: number): number {
  for (let at = body.indexOf(mark, from); at !== -1; at = body.indexOf(mark, at + 1)) {
    const rest = body.toString('latin1', at + mark.length, at + mark.length + 200);
    if ((at === 0 || body[at - 1] === 0x0a) && /^(?:--)?[ \t]*(?:\r\n|$)/.test(rest)) return at;
  }
  return -1;
}

function splitEntity(bytes: Buffer): Entity {
  if (bytes[0] === 0x0d) return { head: '\r\n', body: bytes.subarray(2) };
  const end = bytes.indexOf('\r\n\r\n');
  const cut = end === -1 ? bytes.length : end + 4;
  return { head: bytes.toString('latin1', 0, cut), body: bytes.subarray(cut) };
}

function join(head: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

function findField(head: string, name: string): RegExpExecArray | null {
  return new RegExp(`^${name}[ \\t]*:(.*(?:\\r\\n[ \\t].*)*)\\r\\n`, 'im').exec(head);
}

function readField(head: string, name: string): string | null {
  return findField(head, name)?.[1]?.replace(/\r\n/g, '').trim() ?? null;
}

function readBoundary(type: string): string | null {
  const match = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(type);
  const boundary = match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2] ?? '';
  return boundary === '' ? null : boundary;
}

/** Replaces Content-Transfer-Encoding; where there is none it is added, unless `onlyIfThere`. */
function setEncoding(head: string, encoding: string, onlyIfThere: boolean): string {
  const known = findField(head, 'content-transfer-encoding');
  if (known === null) return onlyIfThere ? head : addField(head, `Content-Transfer-Encoding: ${encoding}`);
  const field = `Content-Transfer-Encoding: ${encoding}\r\n`;
  return head.slice(0, known.index) + field + head.slice(known.index + known[0].length);
}

/** Text that names no type is ASCII, which it is not: RFC 1428 2 has a name for what nobody named. */
function nameCharset(head: string, body: Buffer, depth: number): string {
  const versioned =
    depth > 0 || findField(head, 'mime-version') !== null ? head : addField(head, 'MIME-Version: 1.0');
  if (findField(versioned, 'content-type') !== null) return versioned;
  const charset = isUtf8(body) ? 'utf-8' : 'unknown-8bit';
  return addField(versioned, `Content-Type: text/plain; charset=${charset}`);
}

/** Before the empty line. */
function addField(head: string, field: string): string {
  return `${head.slice(0, -2)}${field}\r\n\r\n`;
}
