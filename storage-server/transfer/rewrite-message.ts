import type { BlobSource } from '../blob/blob-store.ts';
import { FromQuoter } from './mbox/quote.ts';
import { dropMessage, MessageSpool, readMessage, type SpoolPlace } from './message-spool.ts';

/** Newlines that our export puts behind a mail; where it has no body the first of them is taken for the end of its header. */
const MOST_ADDED = 2;

/**
 * The message without its first `skip` bytes and without the `>`s that an mbox put before From lines. `size`: how many bytes are then the
 * message's, where only newlines of ours stand behind them; any other number means that a program changed it, and all is kept. The
 * source is dropped.
 */
export async function rewriteMessage(
  place: SpoolPlace,
  source: BlobSource,
  change: { skip: number; unquote: boolean; size: number | null },
): Promise<BlobSource> {
  const spool = new MessageSpool(place);
  const quoter = new FromQuoter(true);
  let { skip } = change;
  let last = Buffer.alloc(0);
  const add = (bytes: Buffer): void => {
    const isShort = bytes.length < MOST_ADDED;
    if (!isShort) spool.add(last);
    const held = isShort ? Buffer.concat([last, bytes]) : bytes;
    spool.add(held.subarray(0, -MOST_ADDED));
    last = Buffer.from(held.subarray(-MOST_ADDED));
  };
  try {
    for await (const piece of readMessage(source)) {
      const kept = piece.subarray(Math.min(skip, piece.length));
      skip -= piece.length - kept.length;
      add(change.unquote ? quoter.push(kept) : kept);
      await spool.settle();
    }
    if (change.unquote) add(quoter.end());
    const own = (change.size ?? Number.POSITIVE_INFINITY) - spool.size;
    const isOurs = own >= 0 && /^\n+$/.test(last.toString('latin1', own));
    spool.add(isOurs ? last.subarray(0, own) : last);
    return await spool.finish();
  } catch (error) {
    await spool.discard();
    throw error;
  } finally {
    await dropMessage(source);
  }
}
