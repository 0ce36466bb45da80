import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { openBlobReader } from '../../blob/blob-reader.ts';
import { serveThread } from '../../thread/serve-thread.ts';
import { answerSearch, IndexShelf } from './answer-search.ts';
import type { SearchAnswer, SearchRequest, SearchSetup } from './thread-protocol.ts';

const setup = workerData as SearchSetup;
const folder = join(setup.dataDir, 'search');
mkdirSync(folder, { recursive: true, mode: 0o700 });
const blobs = openBlobReader(setup);
const shelf = new IndexShelf(folder);

serveThread({
  handle: async (request: SearchRequest): Promise<SearchAnswer> => await answerSearch(shelf, blobs, request),
  close: () => {
    shelf.close();
    blobs.close();
  },
  background: setup.background,
});
