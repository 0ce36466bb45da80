import { createSecretKey, type KeyObject } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError } from '../../common/errors.ts';
import { blobPath } from './blob-folder.ts';
import { FRAME_SIZE, readFrame, sizeOfFrame, unpackFrames } from './blob-frames.ts';
import { makeBlobId } from './blob-id.ts';
import { type BlobRow, BlobRows } from './blob-row-store.ts';
import type { BlobStore } from './blob-store.ts';
import { PackReader, readPacked, type Place } from './pack-reader.ts';

/** Reads blobs and writes none: for any thread, beside the store that takes them in. */
export type BlobReader = Pick<BlobStore, 'read' | 'open'>;

/** The data directory's blobs must exist already; see openLocalBlobStore. */
export function openBlobReader(setup: { dataDir: string; key: Uint8Array }): BlobReader & { close(): void } {
  const key = createSecretKey(setup.key);
  const folder = join(setup.dataDir, 'blobs');
  const rows = new BlobRows(join(setup.dataDir, 'blobs.sqlite'), 'read');
  const find = (id: string): BlobRow => {
    const row = rows.find(id);
    if (row === undefined) throw new MailError('not-found', 'blob is not there', { reason: 'blob' });
    return row;
  };
  const packs = new PackReader(folder);
  const readSmall = (row: BlobRow & { place: Place }): Buffer => {
    try {
      return prove(readPacked(rows, packs, row), row, key);
    } catch (error) {
      throw explainDamage(error);
    }
  };
  const openRange = async function* (id: string, start: number, end: number): AsyncGenerator<Buffer> {
    const row = find(id);
    if (row.frames !== null) yield* readFrames(blobPath(folder, id), row, start, end);
    else if (start < end) yield readSmall(row).subarray(start, end);
  };
  return {
    read: async (id) => {
      const row = find(id);
      if (row.frames === null) return readSmall(row);
      const pieces: Buffer[] = [];
      for await (const piece of openRange(id, 0, row.size)) pieces.push(piece);
      return prove(Buffer.concat(pieces), row, key);
    },
    open: openRange,
    close: () => rows.close(),
  };
}

/** The id is the keyed hash of the bytes: a disk that lies is found out here. */
function prove(bytes: Buffer, row: BlobRow, key: KeyObject): Buffer {
  const id = makeBlobId(key, bytes);
  if (id !== row.id) throw new MailError('internal', 'a blob is damaged', { reason: 'blob-damaged' });
  return bytes;
}

/** What the system lacks for a moment: files and memory. It says nothing of the bytes. */
const LACKING = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);

function explainDamage(error: unknown): MailError {
  if (error instanceof MailError) return error;
  if (LACKING.has((error as NodeJS.ErrnoException).code ?? '')) {
    return new MailError('unavailable', 'a blob cannot be read now', { cause: error });
  }
  return new MailError('internal', 'a blob cannot be read', { reason: 'blob-damaged', cause: error });
}

/** Only the frames that hold something of the range; each proves itself by its checksum. */
async function* readFrames(
  path: string,
  { frames, size }: BlobRow & { frames: Buffer },
  start: number,
  end: number,
): AsyncGenerator<Buffer> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    let at = 0;
    for (const [index, length] of unpackFrames(frames).entries()) {
      const from = index * FRAME_SIZE;
      if (from < end && from + FRAME_SIZE > start) {
        const frame = Buffer.allocUnsafe(length);
        const { bytesRead } = await file.read(frame, 0, length, at);
        if (bytesRead !== length) throw new Error('the file is too short');
        const bytes = readFrame(frame, sizeOfFrame(index, size));
        yield bytes.subarray(Math.max(0, start - from), Math.min(bytes.length, end - from));
      }
      at += length;
    }
  } catch (error) {
    throw explainDamage(error);
  } finally {
    await file?.close();
  }
}
