import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { normaliseMessageId } from '../../../common/compose/references.ts';
import { MailError } from '../../../common/errors.ts';
import type { Address } from '../../../common/shapes/address.ts';
import { parseAddresses } from '../../mime/addresses.ts';
import { parseHeaders } from '../../mime/headers.ts';
import { findBody } from '../../mime/split.ts';

/** Longest header of a message that somebody hands in. */
const HEADER_BYTES = 512 * 1024;
const MOST_ADDRESSES = 1000;
/** UTF-16 units of a field that the address parser looks at. */
const LONGEST_FIELD = 100_000;

export interface RawHeader {
  /** Every address that the message names as author or sender. */
  senders: string[];
  from: string;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  /** Null: it has none (or none that could stand in a header again). */
  messageId: string | null;
  hasDate: boolean;
}

/** Octets of a line without its end (RFC 5322 2.1.1). */
const LONGEST_LINE = 998;

/**
 * The message with CRLF line ends, as submission wants them (RFC 5321 2.3.8). MailError `invalid` for
 * what no mail may hold: NUL, and lines that are too long.
 */
export async function* normaliseLines(source: Readable): AsyncGenerator<Buffer> {
  let endedWithCr = false;
  let line = 0;
  const chunks = source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of chunks) {
    const out = Buffer.allocUnsafe(chunk.length * 2 + 1);
    let size = 0;
    for (const byte of chunk) {
      if (byte === 10 && !endedWithCr) out[size++] = 13;
      else if (byte !== 10 && endedWithCr) out[size++] = 10;
      out[size++] = byte;
      endedWithCr = byte === 13;
      line = byte === 10 || byte === 13 ? 0 : line + 1;
      if (byte === 0) throw refuseRaw('raw-nul', 'a mail cannot hold NUL');
      if (line > LONGEST_LINE) throw refuseRaw('raw-long-line', 'a line is longer than 998 bytes');
    }
    yield out.subarray(0, size);
  }
  if (endedWithCr) yield Buffer.from('\n');
}

function refuseRaw(reason: string, message: string): MailError {
  return new MailError('invalid', message, { reason });
}

/** Whether bytes may stand in a mail as they are: an attached mail cannot be encoded (RFC 2046 5.2.1). */
export async function canStandBare(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  let line = 0;
  let endedWithCr = false;
  for await (const chunk of bytes) {
    for (const byte of chunk) {
      if (byte === 0 || (endedWithCr && byte !== 10)) return false;
      endedWithCr = byte === 13;
      line = byte === 10 || byte === 13 ? 0 : line + 1;
      if (line > LONGEST_LINE) return false;
    }
  }
  return !endedWithCr;
}

/** What the header of a spooled message says about who sends it to whom. MailError `invalid`. */
export async function readRawHeader(path: string): Promise<RawHeader> {
  const begin = await readBegin(path);
  const end = findBody(begin);
  if (end === 0)
    throw new MailError('invalid', 'this is no mail: it has no header', { reason: 'raw-header' });
  const headers = parseHeaders(begin.subarray(0, end));
  const isLong = headers.problem === 'header-limit' || end === HEADER_BYTES;
  // Whoever stands behind what is looked at would get nothing, and nobody would hear of it.
  if (isLong) throw refuseRaw('raw-header-long', 'the header is too long');
  const read = (name: string): Address[] => headers.all(name).flatMap(readAll);
  const authors = read('from');
  const from = authors[0]?.address ?? '';
  if (from === '')
    throw new MailError('invalid', 'the mail has no From', { reason: 'raw-from', field: 'from' });
  return {
    senders: [...authors, ...read('sender')].map((one) => one.address),
    from,
    to: read('to'),
    cc: read('cc'),
    bcc: read('bcc'),
    messageId: normaliseMessageId(headers.get('message-id')),
    hasDate: headers.get('date') !== null,
  };
}

function readAll(value: string): Address[] {
  if (value.length > LONGEST_FIELD) throw refuseRaw('raw-header-long', 'a header field is too long');
  return parseAddresses(value, MOST_ADDRESSES);
}

async function readBegin(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
