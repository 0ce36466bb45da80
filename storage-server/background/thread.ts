import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { openBlobReader } from '../blob/blob-reader.ts';
import type { Judgement } from '../origin/judge-mail.ts';
import type { Resolve } from '../origin/resolver.ts';
import { answerSearch } from '../search/index/answer-search.ts';
import { IndexShelf } from '../search/index/index-shelf.ts';
import type { SearchAnswer } from '../search/index/thread-protocol.ts';
import { serveThread } from '../thread/serve-thread.ts';
import { SEARCH_FOLDER, type BackgroundRequest, type BackgroundSetup } from './thread-protocol.ts';

const setup = workerData as BackgroundSetup;
const folder = join(setup.dataDir, SEARCH_FOLDER);
mkdirSync(folder, { recursive: true, mode: 0o700 });
const blobs = openBlobReader(setup);
const shelf = new IndexShelf(folder);
let resolve: Resolve | null = null;

serveThread({
  handle: async (request: BackgroundRequest): Promise<SearchAnswer | Judgement> => {
    if (request.kind !== 'judge') return await answerSearch(shelf, blobs, request);
    // Only where somebody collects mail: it is much to load.
    const { judgeMail } = await import('../origin/judge-mail.ts');
    const { makeResolver } = await import('../origin/resolver.ts');
    resolve ??= makeResolver(setup.dns);
    return await judgeMail(request.mail, blobs, resolve);
  },
  close: () => {
    shelf.close();
    blobs.close();
  },
  background: setup.background,
});
