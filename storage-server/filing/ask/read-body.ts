import { closeSync, openSync, readSync } from 'node:fs';
import type { SieveBody, SievePart } from '../../../common/sieve/mail.ts';
import { forEachFrame } from '../../blob/put-source.ts';
import { decodeText, findCharset } from '../../mime/charset.ts';
import { parseHeaders } from '../../mime/headers.ts';
import { listLeaves, type PartNode } from '../../mime/part.ts';
import { countAttachments, selectBody } from '../../mime/select-body.ts';
import { StructureScanner } from '../../mime/structure.ts';
import { decodeTransfer } from '../../mime/transfer.ts';

/** What rules look at of a body, in bytes as they came: its begin, and of that the begin of each part. */
export const BODY_BYTES = 4 * 1024 * 1024;
export const PART_BYTES = 1024 * 1024;

/** Behind the header: in memory, or in a file from `start` on. */
export type BodySource = Uint8Array | { path: string; start: number };

/**
 * A body as rules see it. Whether there are attachments is told by all of it, read in pieces whatever its size; what rules read is
 * its begin (BODY_BYTES). `attachments`: known already, where `source` may be only the begin. Throws when the file cannot be read.
 */
export function readBody(header: Uint8Array, source: BodySource, attachments: number | null): SieveBody {
  const scanner = new StructureScanner(parseHeaders(toBuffer(header)));
  const begin = 'path' in source ? scanFile(source, scanner) : toBuffer(source);
  if (!('path' in source)) scanner.push(begin);
  const root = scanner.end();
  const seen = begin.subarray(0, BODY_BYTES);
  const leaves = listLeaves(root).filter(({ start }) => start <= seen.length);
  return {
    get raw() {
      return seen.toString('latin1');
    },
    parts: leaves.map((part) => makePart(part, seen)),
    hasAttachment: (attachments ?? countAttachments(root, selectBody(root))) > 0,
  };
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Decoded when a rule asks for it, once. */
function makePart(part: PartNode, body: Buffer): SievePart {
  let content: string | undefined;
  return {
    type: part.type,
    get content() {
      return (content ??= decodePart(part, body));
    },
  };
}

function decodePart(part: PartNode, body: Buffer): string {
  const bytes = decodeTransfer(
    body.subarray(part.start, Math.min(part.end, part.start + PART_BYTES)),
    part.encoding,
  );
  return part.type.startsWith('text/')
    ? decodeText(bytes, findCharset(part, bytes))
    : bytes.toString('latin1');
}

/** Gives the whole file to the scanner, and its begin back. */
function scanFile({ path, start }: { path: string; start: number }, scanner: StructureScanner): Buffer {
  const file = openSync(path, 'r');
  try {
    const begin = Buffer.allocUnsafe(BODY_BYTES);
    let size = 0;
    for (let read = -1; read !== 0 && size < BODY_BYTES; size += read) {
      read = readSync(file, begin, size, BODY_BYTES - size, start + size);
    }
    forEachFrame(file, start, (piece) => scanner.push(piece));
    return begin.subarray(0, size);
  } finally {
    closeSync(file);
  }
}
