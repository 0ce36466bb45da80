import type { BlobSource } from '../blob/blob-store.ts';
import { FromQuoter } from './mbox/quote.ts';
import { dropMessage, MessageSpool, readMessage, type SpoolPlace } from './message-spool.ts';

const NEWLINE = 10;

/**
 * The message without its first `skip` bytes and without the `>`s that an mbox put before From lines. `size`: how many bytes are then the
 * message's, where one newline more may stand behind them; any other number means that a program changed it, and all is kept. The
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
    if (bytes.length === 0) return;
    spool.add(last);
    spool.add(bytes.subarray(0, -1));
    last = Buffer.from(bytes.subarray(-1));
  };
  try {
    for await (const piece of readMessage(source)) {
      const kept = piece.subarray(Math.min(skip, piece.length));
      skip -= piece.length - kept.length;
      add(change.unquote ? quoter.push(kept) : kept);
      await spool.settle();
    }
    if (change.unquote) add(quoter.end());
    if (spool.size !== change.size || last[0] !== NEWLINE) spool.add(last);
    return await spool.finish();
  } catch (error) {
    await spool.discard();
    throw error;
  } finally {
    await dropMessage(source);
  }
}
