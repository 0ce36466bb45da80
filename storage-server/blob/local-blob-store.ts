import { createHmac } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { MailError } from '../../common/errors.ts';
import type { Millis } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { BLOB_KIND, type BlobRow, BlobRows } from './blob-row-store.ts';
import { blobPath, prepareFolder } from './blob-folder.ts';
import { FRAME_SIZE, decompressFrame, unpackFrames } from './blob-frames.ts';
import type { BlobSource, BlobStore } from './blob-store.ts';
import { SMALL_BLOB } from './shelf.ts';
import { sweepBlobs } from './sweep.ts';
import type { StoredMessage } from './take-in.ts';
import { packSources, startBlobWorkers } from './worker-client.ts';

/** While one waits for the disk another hashes and compresses. More would only wait for each other's commits. */
const WORKERS = 2;

/** The blob store of the data directory, which can also take in whole messages in one go. */
export interface LocalBlobStore extends BlobStore {
  /** Header and body of each durable, and read for its row. */
  takeIn(sources: readonly BlobSource[], received: readonly Millis[]): Promise<StoredMessage[]>;
}

export async function openLocalBlobStore(options: {
  dataDir: string;
  key: Buffer;
  log: Logger;
}): Promise<LocalBlobStore> {
  const { dataDir, key } = options;
  const folder = join(dataDir, 'blobs');
  prepareFolder(folder);
  const worker = await startBlobWorkers(WORKERS, { dataDir, key }, options.log);
  const rows = new BlobRows(join(dataDir, 'blobs.sqlite'), 'read');

  const find = (id: string): BlobRow => {
    const row = rows.find(id);
    if (row === undefined) throw new MailError('not-found', 'blob is not there', { reason: 'blob' });
    return row;
  };
  const openRange = async function* (id: string, start: number, end: number): AsyncGenerator<Buffer> {
    const row = find(id);
    if (row.kind === BLOB_KIND.frames) yield* readFrames(blobPath(folder, id), row, start, end);
    else if (start < end) yield unpackRow(row, key).subarray(start, end);
  };
  return {
    put: async (sources) => await worker.ask({ kind: 'blobs', ...packSources(sources) }),
    takeIn: async (sources, received) =>
      await worker.ask({ kind: 'messages', ...packSources(sources), received: [...received] }),
    read: async (id) => {
      const row = find(id);
      if (row.kind !== BLOB_KIND.frames) return unpackRow(row, key);
      const pieces: Buffer[] = [];
      for await (const piece of openRange(id, 0, row.size)) pieces.push(piece);
      return prove(Buffer.concat(pieces), row, key);
    },
    open: openRange,
    sweep: async (sources, age) => await sweepBlobs(worker, sources, age),
    close: async () => {
      rows.close();
      await worker.close();
    },
  };
}

function unpackRow(row: BlobRow, key: Buffer): Buffer {
  try {
    const bytes =
      row.kind === BLOB_KIND.zstd ? zstdDecompressSync(row.data, { maxOutputLength: SMALL_BLOB }) : row.data;
    return prove(bytes, row, key);
  } catch (error) {
    throw explainDamage(error);
  }
}

/** The id is the keyed hash of the bytes: a disk that lies is found out here. */
function prove(bytes: Buffer, row: BlobRow, key: Buffer): Buffer {
  const id = createHmac('sha256', key).update(bytes).digest('base64url');
  if (id !== row.id) throw new MailError('internal', 'a blob is damaged', { reason: 'blob-damaged' });
  return bytes;
}

function explainDamage(error: unknown): MailError {
  if (error instanceof MailError) return error;
  return new MailError('internal', 'a blob cannot be read', { reason: 'blob-damaged', cause: error });
}

/** Only the frames that hold something of the range; each proves itself by its checksum. */
async function* readFrames(path: string, row: BlobRow, start: number, end: number): AsyncGenerator<Buffer> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    let at = 0;
    for (const [index, length] of unpackFrames(row.data).entries()) {
      const from = index * FRAME_SIZE;
      if (from < end && from + FRAME_SIZE > start) {
        const frame = Buffer.allocUnsafe(length);
        const { bytesRead } = await file.read(frame, 0, length, at);
        if (bytesRead !== length) throw new Error('the file is too short');
        const bytes = decompressFrame(frame);
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
