import type { Database, Writer } from '../../../server-kit/database/database.ts';
import { markEntries } from '../../retrieval/ledger/ledger-store.ts';
import { unsettleListing } from '../../retrieval/ledger/maildrop-store.ts';

/** What is not here counts as lost: the next session retrieves it again if the maildrop still lists it. */
export async function mendLedger(
  db: Database,
  stray: readonly { maildrop: string; uidl: string }[],
): Promise<void> {
  if (stray.length > 0) await db.write(async (tx) => await markLost(tx, stray));
}

export async function markLost(
  tx: Writer,
  entries: readonly { maildrop: string; uidl: string }[],
): Promise<void> {
  for (const [maildrop, some] of Map.groupBy(entries, (entry) => entry.maildrop)) {
    await markEntries(
      tx,
      maildrop,
      some.map(({ uidl }) => uidl),
      'lost',
    );
    await unsettleListing(tx, maildrop);
  }
}
