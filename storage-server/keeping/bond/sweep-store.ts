import { DAY, type Clock } from '../../../common/time.ts';
import type { BlobStore, ReferenceSource } from '../../blob/blob-store.ts';
import type { StoreBond } from './bind-store.ts';

/** Blobs that nothing refers to are kept this long. */
const BLOB_AGE = DAY;

/** Gives back the blobs that no row names; how many, or null while that is put off. */
export async function sweepStore(core: {
  blobs: Pick<BlobStore, 'sweep'>;
  references: readonly ReferenceSource[];
  bond: StoreBond;
  clock: Clock;
}): Promise<number | null> {
  // A database dump of before what is deleted now is known as older by this.
  await core.bond.raise();
  if (core.clock.now() < core.bond.sweepAfter) return null;
  return await core.blobs.sweep(core.references, BLOB_AGE);
}
