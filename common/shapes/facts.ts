import { z } from 'zod';

const count = z.number().int().min(0);

/** What a storage-server or relay says of itself every 30 s: numbers only, never a name or an address of a user. */
export const partFacts = z.object({
  /** Bytes of the file system that its data directory is on. */
  disk: z.object({ free: count, total: count }).nullable(),
  /** Recipients that wait at a relay; `oldest` is when the oldest of them was queued (ISO 8601). */
  queue: z
    .object({ waiting: count, deferred: count, held: count, oldest: z.iso.datetime().nullable() })
    .nullable(),
  /** Mails that a home keeps. */
  mails: count.nullable(),
  /** When the last backup of its users ended (ISO 8601); null where none was made. */
  backup: z.iso.datetime().nullable(),
});
export type PartFacts = z.infer<typeof partFacts>;
