import { workerData } from 'node:worker_threads';
import { BlobProof } from '../../blob/blob-proof.ts';
import { serveThread } from '../../thread/serve-thread.ts';
import { RowProof, type RowToCompare } from './row-proof.ts';

/** What a thread that reads blobs back works on. */
export interface ProofSetup {
  dataDir: string;
  /** Of the blob ids. */
  key: Uint8Array;
}

export type ProofRequest = { blobs: readonly string[] } | { rows: readonly RowToCompare[] };

const { dataDir, key } = workerData as ProofSetup;
const blobs = new BlobProof(dataDir, key);
const rows = new RowProof(blobs);

serveThread({
  handle: (request: ProofRequest) =>
    'blobs' in request ? blobs.verify(request.blobs) : rows.compare(request.rows),
  close: () => blobs.close(),
  background: false,
});
