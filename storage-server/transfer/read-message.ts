import { open } from 'node:fs/promises';
import type { Flag } from '../../common/shapes/mail.ts';
import type { Millis } from '../../common/time.ts';
import type { BlobSource } from '../blob/blob-store.ts';
import { parseHeaders } from '../mime/headers.ts';
import { findBody } from '../mime/split.ts';
import type { Finding, Skipped } from './found-mail.ts';
import { dropMessage } from './message-spool.ts';
import { readArrival, readMarks } from './read-marks.ts';

/** Headers beyond this say nothing that an import looks at. */
const HEADER = 256 * 1024;

/** What is known of a message by where it stood. */
export interface Surroundings {
  name: string;
  mailbox: string | null;
  flags: readonly Flag[];
  received: Millis | null;
}

/** A message as it is to be stored: what surrounds it says more than its header, which says more than nothing. */
export async function describeMessage(
  source: BlobSource,
  { name, mailbox, flags, received }: Surroundings,
  now: Millis,
): Promise<Finding> {
  const begin = await readBegin(source);
  const headers = parseHeaders(begin.subarray(0, findBody(begin)));
  const marks = readMarks(headers);
  if (marks.deleted) {
    await dropMessage(source);
    return { skipped: skip(name, 'not-found', 'import-deleted') };
  }
  const place = {
    // Google puts all mail into one file, and its mailbox among the labels.
    mailbox: marks.mailbox ?? mailbox,
    flags: [...new Set([...flags, ...marks.flags])],
    labels: marks.labels,
    received: received ?? readArrival(headers, now),
  };
  return { name, source, place, archived: null };
}

export function skip(source: string, code: string, reason: string | null): Skipped {
  return { source, code, reason };
}

/** The first bytes of a message, wherever it lies. */
export async function readBegin(source: BlobSource): Promise<Buffer> {
  if (!('path' in source))
    return Buffer.from(source.buffer, source.byteOffset, Math.min(source.length, HEADER));
  const file = await open(source.path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER), 0, HEADER, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
