import type { ReferenceSource } from '../../blob/blob-store.ts';
import { makeThreadPool } from '../../thread/thread-pool.ts';
import type { BlobCheck, ListedBlob } from './blob-check-store.ts';
import type { OnProgress } from '../finding.ts';
import type { OpenStore } from '../open-store.ts';
import type { ProofSetup } from './proof-thread.ts';

/** Hashing and unpacking are all of the work: as many as there are cores on a small machine. */
const THREADS = 2;
/** Requests under way. */
const AT_ONCE = 8;
/** Blobs of one request. */
const PAGE = 500;
const IDLE = 60_000;

export interface BlobsReport {
  blobs: number;
  /** Of their content. */
  bytes: number;
  /** Ids whose bytes cannot be had. */
  damaged: string[];
  /** Nothing refers to these: they wait for the sweep. */
  unused: { blobs: number; bytes: number };
}

/** Reads every blob back from the disk and compares it with its id. */
export async function checkBlobs(
  store: Pick<OpenStore, 'dataDir' | 'blobKey' | 'log'>,
  check: BlobCheck,
  sources: readonly ReferenceSource[],
  onProgress: OnProgress,
): Promise<BlobsReport> {
  const setup: ProofSetup = { dataDir: store.dataDir, key: store.blobKey };
  const script = new URL('./proof-thread.ts', import.meta.url);
  const pool = makeThreadPool<readonly string[], (number | null)[]>({
    script,
    threads: THREADS,
    setup,
    idle: IDLE,
    log: store.log,
  });
  const report: BlobsReport = { blobs: 0, bytes: 0, damaged: [], unused: { blobs: 0, bytes: 0 } };
  const total = check.count();
  let after = 0;
  const next = (): ListedBlob[] => {
    const page = check.list(after, PAGE);
    after = page.at(-1)?.row ?? after;
    return page.toSorted(comparePlaces);
  };
  const work = async (): Promise<void> => {
    for (let page = next(); page.length > 0; page = next()) {
      const ids = page.map(({ id }) => id);
      const proving = pool.ask(ids);
      const used = new Set((await Promise.all(sources.map(async (find) => await find(ids)))).flat());
      const sizes = await proving;
      for (const [index, { id, size }] of page.entries()) {
        report.blobs += 1;
        report.bytes += size;
        if (sizes[index] === null) report.damaged.push(id);
        else if (!used.has(id)) {
          report.unused.blobs += 1;
          report.unused.bytes += size;
        }
      }
      onProgress('blobs', report.blobs, total);
    }
  };
  try {
    // More than there are threads, so that none waits while this one compares rows.
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // A running server may have moved or deleted it between its row and its bytes.
    const again = report.damaged.filter((id) => check.sizeOf(id) !== null);
    const sizes = again.length === 0 ? [] : await pool.ask(again);
    report.damaged = again.filter((_id, index) => sizes[index] === null);
    return report;
  } finally {
    await pool.close();
  }
}

/** As they stand on the disk, so that it is read from its begin to its end. */
function comparePlaces(a: ListedBlob, b: ListedBlob): number {
  return (a.pack ?? 0) - (b.pack ?? 0) || (a.at ?? 0) - (b.at ?? 0);
}
