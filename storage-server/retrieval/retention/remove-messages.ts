import type { Database } from '../../../server-kit/database/database.ts';
import { reach } from '../../../server-kit/crash-point.ts';
import type { Mails } from '../../mail/mails.ts';
import type { Pop3Session } from '../../pop3/session.ts';
import { findMarked, markEntries, type LedgerEntry } from '../ledger/ledger-store.ts';
import { unsettleListing } from '../ledger/maildrop-store.ts';
import type { Removal } from '../plan.ts';
import type { Destination } from '../store-batch.ts';

/** So many are read back, noted and asked to be deleted at a time: the server hears from us between them. */
const AT_A_TIME = 200;

interface RemovalCore {
  db: Database;
  mails: Pick<Mails, 'verify'>;
}

/**
 * Reads back what is stored of these messages, except where the user has removed it himself. What cannot be read back is
 * noted as lost, so that the next session retrieves it again, and must not be deleted there.
 */
export async function verifyEntries(
  core: RemovalCore,
  to: Destination,
  entries: readonly LedgerEntry[],
): Promise<{ verified: Set<string>; lost: number }> {
  const stored = entries.filter(({ removed_at }) => removed_at === null);
  const verified = new Set(entries.filter(({ removed_at }) => removed_at !== null).map(({ uidl }) => uidl));
  const originals = stored.map(({ mail, account }) => ({ mail, account: account ?? to.account }));
  const proven = stored.length === 0 ? [] : await core.mails.verify(to.user, originals);
  const failed: string[] = [];
  for (const [index, { uidl }] of stored.entries()) {
    if (proven[index] === true) verified.add(uidl);
    else failed.push(uidl);
  }
  if (failed.length === 0) return { verified, lost: 0 };
  const lost = await core.db.write(async (tx) => {
    // Removed by the user a moment ago: then nothing is lost. The next session knows of it.
    const removed = await findMarked(tx, to.maildrop, failed);
    const some = failed.filter((uidl) => !removed.has(uidl));
    await markEntries(tx, to.maildrop, some, 'lost');
    await unsettleListing(tx, to.maildrop);
    return some.length;
  });
  return { verified, lost };
}

/**
 * Asks for the deletions and ends the session with QUIT. Before a DELE leaves, what it deletes was read back, and the
 * ledger says so: an entry of which that is not known could be taken for a renumbered message later. Returns how many
 * could not be read back.
 */
export async function removeAndQuit(
  core: RemovalCore,
  session: Pop3Session,
  to: Destination,
  removals: readonly Removal[],
): Promise<number> {
  const deleted: string[] = [];
  let lost = 0;
  for (let at = 0; at < removals.length; at += AT_A_TIME) {
    const some = removals.slice(at, at + AT_A_TIME);
    const doubtful = some.filter(({ verified }) => !verified).map(({ entry }) => entry);
    const proof = await verifyEntries(core, to, doubtful);
    lost += proof.lost;
    const good = some.filter(({ verified, entry }) => verified || proof.verified.has(entry.uidl));
    const uidls = good.map(({ entry }) => entry.uidl);
    if (good.length === 0) continue;
    await core.db.write(async (tx) => {
      await markEntries(tx, to.maildrop, uidls, 'deleting');
      await unsettleListing(tx, to.maildrop);
    });
    reach('before-dele');
    const refused = new Set(await session.delete(good.map(({ number }) => number)));
    reach('after-dele');
    deleted.push(...good.filter(({ number }) => !refused.has(number)).map(({ entry }) => entry.uidl));
  }
  if (deleted.length === 0) {
    await session.quit().catch(() => undefined);
    return lost;
  }
  const quitting = session.quit();
  reach('quit-sent');
  await quitting;
  reach('after-quit');
  await core.db.write(async (tx) => await markEntries(tx, to.maildrop, deleted, 'deleted'));
  return lost;
}
