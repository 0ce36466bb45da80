import { rm, stat } from 'node:fs/promises';
import { MailError } from '../../common/errors.ts';
import { DAY } from '../../common/time.ts';
import { BlobProof } from '../blob/blob-proof.ts';
import { BlobCheck, forgetBlobs } from './check/blob-check-store.ts';
import { RowProof } from './check/row-proof.ts';
import { findStrayEntries } from './check/check-ledger.ts';
import { Findings, type Finding, type OnProgress } from './finding.ts';
import { findHolders, forgetLost, listUsers } from './keeping-store.ts';
import { mendLedger } from './mend/mend-ledger.ts';
import { mendLists } from './mend/mend-lists.ts';
import { mendMails, type LostOriginal } from './mend/mend-mails.ts';
import type { OpenStore } from './open-store.ts';
import { rebuildIndexes } from './mend/rebuild-indexes.ts';
import { verifyStore, type VerifyReport } from './verify-store.ts';

export interface RepairReport {
  mended: Findings;
  /** Originals whose bytes could not be had again. */
  lost: LostOriginal[];
  /** What could not be mended. */
  left: Findings;
}

/** What nothing of the store itself can mend. */
const BEYOND_REPAIR: readonly Finding['kind'][] = ['database-damaged', 'attachment-wrong'];
/** Each round mends all that was listed; more rounds are for stores in which more was wrong than is listed. */
const MOST_ROUNDS = 20;

/**
 * Mends what verify finds, from what is whole: a mail shows another of its originals, rows say what their mails do,
 * counters and lists are counted, the index is made anew. A mail whose bytes are gone stays listed, and is retrieved again if
 * its maildrop still has it. Nobody else may work on the store.
 */
export async function repairStore(store: OpenStore, onProgress: OnProgress): Promise<RepairReport> {
  const report: RepairReport = { mended: new Findings(), lost: [], left: new Findings() };
  let found = await verifyStore(store, onProgress, 'all');
  demandSomethingWhole(found);
  for (let round = 0; round < MOST_ROUNDS && hasWork(found); round++) {
    await mendAll(store, found, report, onProgress);
    for (const finding of found.findings.listed) {
      if (!BEYOND_REPAIR.includes(finding.kind)) report.mended.add(finding);
    }
    found = await verifyStore(store, onProgress, 'all');
  }
  await removeLeftOvers(found.files.unused);
  report.left = found.findings;
  return report;
}

/**
 * Where nothing at all can be read, the bytes are elsewhere or the key is another one's: a folder that is not mounted, a restore
 * without store.key. To give all of it up would make that final.
 */
function demandSomethingWhole({ blobs }: VerifyReport): void {
  if (blobs.blobs === 0 || blobs.damaged.length < blobs.blobs) return;
  throw new MailError('unavailable', 'no blob can be read', { reason: 'nothing-readable' });
}

function hasWork({ findings, blobs, regained }: VerifyReport): boolean {
  const mendable = findings.listed.some(({ kind }) => !BEYOND_REPAIR.includes(kind));
  return mendable || blobs.damaged.length > 0 || regained.length > 0;
}

async function mendAll(
  store: OpenStore,
  found: VerifyReport,
  report: RepairReport,
  onProgress: OnProgress,
): Promise<void> {
  const { db, ids, dataDir, blobKey } = store;
  const { listed } = found.findings;
  const numbers = new Map<string, Set<number>>();
  const note = (user: string, mail: number): void =>
    void numbers.set(user, (numbers.get(user) ?? new Set<number>()).add(mail));
  for (const { user, mail, kind } of listed) {
    if (user === null || mail === null || kind === 'ledger-wrong' || BEYOND_REPAIR.includes(kind)) continue;
    note(user, ids.read(user, mail));
  }
  for (const { user, mail } of await findHolders(db.read, found.blobs.damaged)) note(user, mail);
  forgetBlobs(dataDir, found.blobs.damaged);
  await db.write(async (tx) => await forgetLost(tx, found.regained));
  const check = new BlobCheck(dataDir);
  const blobs = new BlobProof(dataDir, blobKey);
  const proof = new RowProof(blobs);
  try {
    let done = 0;
    for (const [user, mails] of numbers) {
      const lost = await mendMails(store, { sizeOf: (id) => check.sizeOf(id), proof }, user, [...mails]);
      report.lost.push(...lost);
      onProgress('mend', ++done, numbers.size);
    }
  } finally {
    blobs.close();
    check.close();
  }
  // Some of these mails have their rows again.
  const known = await listUsers(db.read);
  await mendLedger(db, await db.snapshot(async (read) => await findStrayEntries(read, known, ids)));
  const users = new Set(listed.map(({ user }) => user).filter((user) => user !== null));
  for (const user of [...users, ...numbers.keys()]) await mendLists(db, user);
  const wrong = listed.filter(({ kind }) => kind === 'index-wrong').map(({ user }) => user!);
  await rebuildIndexes(store, wrong, onProgress);
}

/** Files that nothing names, once nobody can be writing them any more. */
async function removeLeftOvers(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const { mtimeMs } = await stat(file);
    if (mtimeMs < Date.now() - DAY) await rm(file, { force: true });
  }
}
