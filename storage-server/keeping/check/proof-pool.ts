import { makeThreadPool } from '../../thread/thread-pool.ts';
import type { OpenStore } from '../open-store.ts';
import type { ProofRequest, ProofSetup } from './proof-thread.ts';
import type { RowToCompare, WrongRow } from './row-proof.ts';

/** Hashing, unpacking and reading mails are all of the work: as many as there are cores on a small machine. */
const THREADS = 2;
const IDLE = 60_000;

/** Reads blobs back in threads of their own. */
export interface ProofPool {
  /** See BlobProof.verify. */
  verifyBlobs(ids: readonly string[]): Promise<(number | null)[]>;
  /** See RowProof.compare. */
  compareRows(rows: readonly RowToCompare[]): Promise<(WrongRow | null)[]>;
  close(): Promise<void>;
}

export function startProof(store: Pick<OpenStore, 'dataDir' | 'blobKey' | 'log'>): ProofPool {
  const setup: ProofSetup = { dataDir: store.dataDir, key: store.blobKey };
  const script = new URL('./proof-thread.ts', import.meta.url);
  const rest = { script, threads: THREADS, setup, idle: IDLE, log: store.log };
  const pool = makeThreadPool<ProofRequest, unknown>(rest);
  return {
    verifyBlobs: async (blobs) => (await pool.ask({ blobs })) as (number | null)[],
    compareRows: async (rows) => (await pool.ask({ rows })) as (WrongRow | null)[],
    close: async () => await pool.close(),
  };
}
