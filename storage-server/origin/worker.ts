import { workerData } from 'node:worker_threads';
import { openBlobReader } from '../blob/blob-reader.ts';
import { serveThread } from '../thread/serve-thread.ts';
import { judgeMail, type JudgeRequest, type Judgement } from './judge-mail.ts';
import { makeResolver } from './resolver.ts';

export interface OriginSetup {
  dataDir: string;
  key: Uint8Array;
  dns: { host: string; port: number } | null;
}

const setup = workerData as OriginSetup;
const blobs = openBlobReader(setup);
const resolve = makeResolver(setup.dns);

serveThread({
  handle: async (request: JudgeRequest): Promise<Judgement> => await judgeMail(request, blobs, resolve),
  close: () => blobs.close(),
  background: true,
});
