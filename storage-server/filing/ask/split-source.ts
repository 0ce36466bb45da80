import { open } from 'node:fs/promises';
import type { BlobSource } from '../../blob/blob-store.ts';
import { SPLIT_WITHIN, findBody } from '../../mime/split.ts';
import type { BodySource } from './read-body.ts';

/** Header and body of a message that is on its way in; of a file only the begin is read. */
export async function splitSource(
  source: BlobSource,
): Promise<{ header: Buffer; body: BodySource; size: number }> {
  if (!('path' in source)) {
    const message = Buffer.from(source.buffer, source.byteOffset, source.length);
    const split = findBody(message);
    return { header: message.subarray(0, split), body: message.subarray(split), size: message.length };
  }
  const { path, size } = source;
  const file = await open(path);
  try {
    const begin = Buffer.allocUnsafe(Math.min(SPLIT_WITHIN, size));
    let read = 0;
    while (read < begin.length) {
      const { bytesRead } = await file.read(begin, read, begin.length - read, read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    const header = begin.subarray(0, findBody(begin.subarray(0, read)));
    return { header, body: { path, start: header.length }, size };
  } finally {
    await file.close();
  }
}
