import { BlobCheck } from './check/blob-check-store.ts';
import { checkAttachments } from './check/check-attachments.ts';
import { checkBlobs, type BlobsReport } from './check/check-blobs.ts';
import { checkFiles, type FilesReport } from './check/check-files.ts';
import { checkIndex } from './check/check-index.ts';
import { describeStray, findStrayEntries } from './check/check-ledger.ts';
import { allBodies, makeTenth } from './check/compare-rows.ts';
import { checkMails } from './check/check-mails.ts';
import { startProof, type ProofPool } from './check/proof-pool.ts';
import { findDatabaseDamage } from './check/database-check-store.ts';
import { Findings, makeFinding, type Finding, type OnProgress } from './finding.ts';
import { countMails, findHolders, listLost, listUsers } from './keeping-store.ts';
import type { OpenStore } from './open-store.ts';
import { listReferenceSources } from './reference-sources.ts';

/** What `verify` found, and what `repair` goes by. */
export interface VerifyReport {
  users: number;
  mails: number;
  blobs: BlobsReport;
  files: FilesReport;
  findings: Findings;
  /** Originals whose bytes are gone: an earlier repair has told of them. */
  lost: { user: string; mail: string; account: string }[];
  /** Blobs that had been lost and are there again. */
  regained: string[];
}

/** Up to so many mails verify compares all that rows say; of more, all that headers decide, and the rest of every tenth mail. */
const MOST_BODIES = 20_000;

/**
 * Reads everything of a store and compares it with all that repeats it. Changes nothing, and may run beside the server: rows are
 * read as they were at one moment, blobs are durable before the rows that name them, and what is suspect is looked at again.
 * `sample`: of a large store only some rows are compared with their mails' bodies (reading mails anew takes as long as proving
 * their bytes); all bytes are proven all the same.
 */
export async function verifyStore(
  store: OpenStore,
  onProgress: OnProgress,
  rows: 'sample' | 'all' = 'sample',
): Promise<VerifyReport> {
  const { db, dataDir } = store;
  const findings = new Findings();
  const check = new BlobCheck(dataDir);
  const proof = startProof(store);
  try {
    onProgress('database', 0, 2);
    for (const detail of check.findDamage()) findings.add(makeFinding('database-damaged', { detail }));
    onProgress('database', 1, 2);
    for (const detail of await findDatabaseDamage(db))
      findings.add(makeFinding('database-damaged', { detail }));
    onProgress('database', 2, 2);
    // The one is work for two threads, the other mostly for this one.
    const [blobs, compared] = await Promise.all([
      checkBlobs(proof, check, listReferenceSources(db), onProgress),
      checkRows(store, { check, proof, rows }, findings, onProgress),
    ]);
    for (const finding of await describeDamaged(store, blobs.damaged)) findings.add(finding);
    const damaged = new Set(blobs.damaged);
    const sizeOf = (id: string): number | null => check.sizeOf(id);
    for (const finding of await db.snapshot(async (read) => await checkAttachments(read, sizeOf, damaged)))
      findings.add(finding);
    const lost = await listLost(db.read);
    const regained = lost.filter((id) => check.sizeOf(id) !== null && !damaged.has(id));
    return { ...compared, blobs, files: await checkFiles(dataDir, check), findings, regained };
  } finally {
    await proof.close();
    check.close();
  }
}

async function checkRows(
  store: OpenStore,
  { check, proof, rows }: { check: BlobCheck; proof: ProofPool; rows: 'sample' | 'all' },
  findings: Findings,
  onProgress: OnProgress,
): Promise<Pick<VerifyReport, 'users' | 'mails' | 'lost'>> {
  const { db, ids, dataDir } = store;
  const users = await listUsers(db.read);
  const total = await countMails(db.read);
  const bodies = rows === 'all' || total <= MOST_BODIES ? allBodies : makeTenth();
  const against = { ids, sizeOf: (id: string) => check.sizeOf(id), proof, bodies };
  const lost: VerifyReport['lost'] = [];
  let mails = 0;
  for (const [index, user] of users.entries()) {
    const report = await db.snapshot(async (read) => await checkMails(read, user, against));
    mails += report.mails;
    for (const finding of report.findings) findings.add(finding);
    for (const one of report.lost) lost.push({ user, ...one });
    onProgress('mails', mails, Math.max(mails, total));
    const wrong = await checkIndex(async (work) => await db.snapshot(work), dataDir, user);
    if (wrong !== null) findings.add(wrong);
    onProgress('index', index + 1, users.length);
  }
  const stray = await db.snapshot(async (read) => await findStrayEntries(read, users, ids));
  for (const entry of stray) findings.add(describeStray(entry));
  onProgress('ledger', 1, 1);
  return { users: users.length, mails, lost };
}

/** Whose mails have damaged bytes, each original once. */
async function describeDamaged({ db, ids }: OpenStore, damaged: readonly string[]): Promise<Finding[]> {
  const holders = await findHolders(db.read, damaged);
  const found = new Map(holders.map((one) => [`${one.user} ${one.mail} ${one.account}`, one]));
  return [...found.values()].map(({ user, mail, account }) =>
    makeFinding('blob-damaged', { user, mail: ids.mail(user, mail), account }),
  );
}
