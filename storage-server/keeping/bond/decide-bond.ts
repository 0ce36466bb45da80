import type { Millis } from '../../../common/time.ts';

/** What the database says of which store it is. */
export interface DatabaseBond {
  /** A random token. */
  storeId: string;
  /** Raised in both places again and again: the smaller one is of an earlier time. */
  generation: number;
}

/** What blobs.sqlite says. */
export interface BlobsBond extends DatabaseBond {
  /** Both places have it; else the start that wrote it may have ended in between. */
  sure: boolean;
  /** Nothing is swept before. */
  sweepAfter: Millis;
}

/** Whether there is anything in either. */
export interface Holding {
  blobs: boolean;
  mails: boolean;
}

/**
 * `same`: they belong together. `new`: neither says anything, both are to say the same. `adopt`: one is to say what the other
 * says. `mismatch`: what this database does not name may well be somebody's mail. `older`: the database is of an earlier time
 * than the blobs, or seems to be, and may not know what came since.
 */
export interface BondDecision {
  kind: 'same' | 'new' | 'adopt' | 'mismatch';
  older: boolean;
}

export function decideBond(
  database: DatabaseBond | null,
  blobs: BlobsBond | null,
  holding: Holding,
): BondDecision {
  if (database !== null && blobs !== null) {
    const same = database.storeId === blobs.storeId;
    return { kind: same ? 'same' : 'mismatch', older: same && database.generation < blobs.generation };
  }
  // A data directory of before, unless the database is one that nobody has used.
  const strange = holding.blobs && !holding.mails;
  if (database === null && blobs === null) return { kind: 'new', older: strange };
  const known = blobs !== null && (!blobs.sure || !holding.blobs);
  const empty = blobs === null && !holding.blobs && !holding.mails;
  return { kind: known || empty ? 'adopt' : 'mismatch', older: false };
}
