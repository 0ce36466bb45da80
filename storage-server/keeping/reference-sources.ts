import type { Database } from '../../server-kit/database/database.ts';
import type { ReferenceSource } from '../blob/blob-store.ts';
import { findReferredBlobs } from '../draft/draft-store.ts';
import { findReferencedBlobs } from './keeping-store.ts';

/** Every table that names blobs, for the sweep and for whoever looks after the store: what none of them names is deleted. */
export function listReferenceSources(db: Database): ReferenceSource[] {
  return [
    async (ids) => await findReferencedBlobs(db.read, ids),
    async (ids) => await findReferredBlobs(db, ids),
  ];
}
