import { MailError } from '../../../common/errors.ts';
import { DAY, type Clock, type Millis } from '../../../common/time.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import type { Logger } from '../../../server-kit/log.ts';
import { readBlobsBond, writeBlobsBond } from './blobs-bond-store.ts';
import { holdsMails, readDatabaseBond, writeDatabaseBond } from './database-bond-store.ts';
import { decideBond, type BlobsBond, type BondDecision, type DatabaseBond } from './decide-bond.ts';

/** Time to notice that the database is an old one, and to bring the right one. */
const PUT_OFF = 30 * DAY;
const ID_BYTES = 18;

export interface StoreBond {
  /** Nothing that no row names is to be deleted before. */
  sweepAfter: Millis;
  /** Says in both places that time has passed: what is restored later from before now is known as older. */
  raise(): Promise<void>;
}

interface BondPlace {
  db: Database;
  /** The storage-server's own; its blobs.sqlite is there. */
  dataDir: string;
}

interface Found {
  database: DatabaseBond | null;
  blobs: BlobsBond | null;
  decision: BondDecision;
}

/**
 * Makes sure that database and blobs are of one store: a sweep by the rows of another database would delete all mail. Where the
 * database is older than the blobs (restored from a backup), the sweep is put off for 30 days, by the blobs' own word.
 * MailError `unavailable` reason `store-mismatch`.
 */
export async function bindStore(
  place: BondPlace & { clock: Clock; random: (size: number) => Uint8Array; log: Logger },
): Promise<StoreBond> {
  const { db, dataDir, clock, random, log } = place;
  const { database, blobs, decision } = await findBond(place);
  let sweepAfter = blobs?.sweepAfter ?? 0;
  if (decision.older) {
    sweepAfter = clock.now() + PUT_OFF;
    log.warn('store.sweep-put-off', {
      why: 'the database is older than the stored mail: it may not name what came since',
      until: new Date(sweepAfter).toISOString(),
      database: database?.generation ?? null,
      blobs: blobs?.generation ?? null,
    });
  }
  const storeId =
    (blobs ?? database)?.storeId ?? `store_${Buffer.from(random(ID_BYTES)).toString('base64url')}`;
  let generation = Math.max(database?.generation ?? 0, blobs?.generation ?? 0);
  // Until both have it: a start that ends in between must not look like a mismatch to the next one, nor forget the delay.
  if (decision.kind !== 'same' || decision.older)
    writeBlobsBond(dataDir, { storeId, generation, sure: decision.kind === 'same', sweepAfter });
  const raise = async (): Promise<void> => {
    generation += 1;
    // The database first: were it behind after a crash, it would look like one that was restored.
    await writeDatabaseBond(db, { storeId, generation });
    writeBlobsBond(dataDir, { storeId, generation, sure: true, sweepAfter });
  };
  await raise();
  return { sweepAfter, raise };
}

/** For whoever works on a store without its server. The same error; until when nothing is to be swept. */
export async function demandBond(place: BondPlace): Promise<{ sweepAfter: Millis }> {
  const { blobs, decision } = await findBond(place);
  return { sweepAfter: decision.older ? Number.POSITIVE_INFINITY : (blobs?.sweepAfter ?? 0) };
}

async function findBond({ db, dataDir }: BondPlace): Promise<Found> {
  const database = await readDatabaseBond(db.read);
  const { bond: blobs, holdsBlobs } = readBlobsBond(dataDir);
  const holding = { blobs: holdsBlobs, mails: await holdsMails(db.read) };
  const decision = decideBond(database, blobs, holding);
  if (decision.kind !== 'mismatch') return { database, blobs, decision };
  throw new MailError('unavailable', 'the database is not that of these blobs', {
    reason: 'store-mismatch',
    params: { dir: dataDir },
  });
}
