/** Marks a structure record that counts removals too. */
const VERSION_2 = 0xff000001;
/** Numbers that such a record has more for each segment: where it came from and what of it is removed. */
const MORE_IN_VERSION_2 = 5;

/** How a full-text index of FTS5 lies in its file. */
export interface Structure {
  /** Pages of each of its segments: a search looks into all of them. */
  segments: number[];
  /** Some are being merged into another one. */
  merging: boolean;
}

/** Reads FTS5's structure record, of a damaged one what there is of it: cookie, mark, and as varints levels, segments, writes; for each level what it merges and its segments. */
export function readStructure(record: Buffer): Structure {
  const counted = record.length >= 8 && record.readUInt32BE(4) === VERSION_2;
  let at = counted ? 8 : 4;
  const next = (): number => {
    let value = 0;
    for (;;) {
      const byte = record[at] ?? 0;
      at += 1;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  const structure: Structure = { segments: [], merging: false };
  const levels = next();
  next();
  next();
  for (let level = 0; level < levels && at < record.length; level++) {
    if (next() > 0) structure.merging = true;
    for (let rest = next(); rest > 0 && at < record.length; rest--) {
      next();
      const first = next();
      structure.segments.push(next() - first + 1);
      if (counted) for (let more = 0; more < MORE_IN_VERSION_2; more++) next();
    }
  }
  return structure;
}

/** So many segments are no matter, or so few pages in all. */
const MOST_SEGMENTS = 8;
const FEW_PAGES = 256;
/** The largest is written anew where the others have come to this share of it: each page a few times in a life. */
const WORTH = 1 / 4;

/**
 * What makes searching faster: `all` begins to merge everything into one segment, `on` goes on with what is begun, or
 * merges those of a size where they are many.
 */
export function chooseMerge({ segments, merging }: Structure): 'none' | 'all' | 'on' {
  const pages = segments.reduce((sum, one) => sum + one, 0);
  const largest = Math.max(0, ...segments);
  if (merging) return 'on';
  if (pages > FEW_PAGES && pages - largest > WORTH * largest) return 'all';
  return segments.length > MOST_SEGMENTS ? 'on' : 'none';
}
