import type { BlobSource } from '../blob/blob-store.ts';
import { FromQuoter } from './mbox/quote.ts';
import { dropMessage, MessageSpool, readMessage, type SpoolPlace } from './message-spool.ts';

/** The message without its first `skip` bytes, without the `>`s that an mbox put before From lines, `size` bytes of that. The source is dropped. */
export async function rewriteMessage(
  place: SpoolPlace,
  source: BlobSource,
  change: { skip: number; unquote: boolean; size: number },
): Promise<BlobSource> {
  const spool = new MessageSpool(place);
  const quoter = new FromQuoter(true);
  let { skip } = change;
  const add = (bytes: Buffer): void => spool.add(bytes.subarray(0, Math.max(0, change.size - spool.size)));
  try {
    for await (const piece of readMessage(source)) {
      const kept = piece.subarray(Math.min(skip, piece.length));
      skip -= piece.length - kept.length;
      add(change.unquote ? quoter.push(kept) : kept);
      await spool.settle();
    }
    if (change.unquote) add(quoter.end());
    return await spool.finish();
  } catch (error) {
    await spool.discard();
    throw error;
  } finally {
    await dropMessage(source);
  }
}
