import { workerData } from 'node:worker_threads';
import { BlobProof } from '../../blob/blob-proof.ts';
import { serveThread } from '../../thread/serve-thread.ts';

/** What a thread that reads blobs back works on. */
export interface ProofSetup {
  dataDir: string;
  /** Of the blob ids. */
  key: Uint8Array;
}

const { dataDir, key } = workerData as ProofSetup;
const proof = new BlobProof(dataDir, key);

serveThread({
  handle: (ids: readonly string[]) => proof.verify(ids),
  close: () => proof.close(),
  background: false,
});
