import { closeSync, openSync } from 'node:fs';
import type { Millis } from '../../common/time.ts';
import { describeMail, digestMail, type MailDigest } from '../mime/digest.ts';
import { parseHeaders } from '../mime/headers.ts';
import { SPLIT_WITHIN, findBody } from '../mime/split.ts';
import { StructureScanner } from '../mime/structure.ts';
import type { BlobSource, StoredBlob } from './blob-store.ts';
import { forEachFrame, readFull } from './put-source.ts';
import type { BlobShelf } from './shelf.ts';

/** A message whose bytes are durable, and what its row says of them. */
export interface StoredMessage {
  header: StoredBlob;
  body: StoredBlob;
  digest: MailDigest;
}

/** Stores header and body apart and reads the message once for its row. A message that cannot be read is stored all the same. */
export function takeInMessage(shelf: BlobShelf, source: BlobSource, received: Millis): StoredMessage {
  if ('path' in source) return takeInFile(shelf, source.path, received);
  const message = Buffer.from(source.buffer, source.byteOffset, source.length);
  const split = findBody(message);
  const header = message.subarray(0, split);
  const body = message.subarray(split);
  return {
    header: shelf.put(header),
    body: shelf.put(body),
    digest: readDigest(received, () => digestMail(header, body, received)),
  };
}

/** A spooled message, piece by piece: its size does not matter. */
function takeInFile(shelf: BlobShelf, path: string, received: Millis): StoredMessage {
  const file = openSync(path, 'r');
  const writer = shelf.startFile();
  try {
    const begin = readFull(file, SPLIT_WITHIN);
    const split = findBody(begin);
    const header = begin.subarray(0, split);
    const headers = parseHeaders(header);
    const scanner = new StructureScanner(headers);
    forEachFrame(file, split, (piece) => {
      writer.push(piece);
      scanner.push(piece);
    });
    const root = scanner.end();
    const firstBody = begin.subarray(split);
    return {
      header: shelf.put(header),
      body: shelf.finishFile(writer),
      digest: readDigest(received, () => describeMail(headers, root, scanner.problem, received, firstBody)),
    };
  } catch (error) {
    writer.discard();
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Whatever a sender made: the mail is listed, with what could be read of it. */
export function readDigest(received: Millis, read: () => MailDigest): MailDigest {
  try {
    return read();
  } catch {
    return makeUnreadable(received);
  }
}

/** What the row says of a mail of which nothing can be read. */
export function makeUnreadable(received: Millis): MailDigest {
  return {
    subject: '',
    from: [],
    to: [],
    date: received,
    snippet: '',
    attachments: 0,
    messageKey: null,
    referenceKeys: [],
    sameKey: null,
    subjectKey: null,
    answer: false,
    problem: 'unreadable',
  };
}
