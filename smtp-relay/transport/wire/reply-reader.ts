import { WireError } from './wire-error.ts';

/** A whole reply (RFC 5321 4.2). */
export interface Reply {
  code: number;
  /** Its lines without CRLF, codes included. */
  lines: string[];
}

/** Of one reply, all lines together: 500 lines of the length that RFC 5321 4.5.3.1.5 allows would not be read by anybody. */
const MAX_REPLY_BYTES = 64 * 1024;
const LINE = /^([2-5]\d\d)(?:([ -])|$)/;

/** Cuts what a server sends into replies, whatever its segments; strict, for what is misread here may be told of another mail. */
export class ReplyReader {
  #rest: Buffer = Buffer.alloc(0);
  #lines: string[] = [];
  #size = 0;

  /** The replies that this chunk ends. Throws WireError `protocol`. */
  push(chunk: Buffer): Reply[] {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const replies: Reply[] = [];
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
      const stop = end > start && bytes[end - 1] === 0x0d ? end - 1 : end;
      const reply = this.#takeLine(bytes.toString('utf8', start, stop));
      if (reply !== null) replies.push(reply);
      start = end + 1;
    }
    this.#rest = start === bytes.length ? Buffer.alloc(0) : bytes.subarray(start);
    if (this.#size + this.#rest.length > MAX_REPLY_BYTES) {
      throw new WireError('protocol', 'a reply without end');
    }
    return replies;
  }

  /** Whether something of a reply is there that has not ended yet. */
  get isInside(): boolean {
    return this.#rest.length > 0 || this.#lines.length > 0;
  }

  #takeLine(line: string): Reply | null {
    const match = LINE.exec(line);
    const code = Number(match?.[1]);
    const first = this.#lines[0];
    if (match === null || (first !== undefined && !first.startsWith(String(code)))) {
      throw new WireError('protocol', 'an answer that is no SMTP reply');
    }
    this.#lines.push(line);
    this.#size += line.length;
    if (this.#size > MAX_REPLY_BYTES) throw new WireError('protocol', 'a reply without end');
    if (match[2] === '-') return null;
    const lines = this.#lines;
    this.#lines = [];
    this.#size = 0;
    return { code, lines };
  }
}

export function isPositive(reply: Reply): boolean {
  return reply.code >= 200 && reply.code < 300;
}

/** As `classifyReply` and `parseReply` read it. */
export function joinLines(reply: Reply): string {
  return reply.lines.join('\r\n');
}
