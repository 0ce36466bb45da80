import type { ReferenceSource } from '../../blob/blob-store.ts';
import type { BlobCheck, ListedBlob } from './blob-check-store.ts';
import type { OnProgress } from '../finding.ts';
import type { ProofPool } from './proof-pool.ts';

/** Requests under way. */
const AT_ONCE = 8;
/** Blobs of one request. */
const PAGE = 500;

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
  proof: Pick<ProofPool, 'verifyBlobs'>,
  check: BlobCheck,
  sources: readonly ReferenceSource[],
  onProgress: OnProgress,
): Promise<BlobsReport> {
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
      const proving = proof.verifyBlobs(ids);
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
  // More than there are threads, so that none waits while this one compares rows.
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  // A running server may have moved or deleted it between its row and its bytes.
  const again = report.damaged.filter((id) => check.sizeOf(id) !== null);
  const sizes = again.length === 0 ? [] : await proof.verifyBlobs(again);
  report.damaged = again.filter((_id, index) => sizes[index] === null);
  return report;
}

/** As they stand on the disk, so that it is read from its begin to its end. */
function comparePlaces(a: ListedBlob, b: ListedBlob): number {
  return (a.pack ?? 0) - (b.pack ?? 0) || (a.at ?? 0) - (b.at ?? 0);
}
