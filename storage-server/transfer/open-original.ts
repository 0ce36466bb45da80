import type { BlobReader } from '../blob/blob-reader.ts';

/** The exact bytes of an original, in pieces. */
export async function* openOriginal(
  blobs: BlobReader,
  original: { header: string; body: string; size: number },
): AsyncGenerator<Buffer, void, undefined> {
  const header = await blobs.read(original.header);
  if (header.length > 0) yield header;
  if (original.size > header.length) yield* blobs.open(original.body, 0, original.size - header.length);
}
