import { MINUTE } from '../../../common/time.ts';
import { INDEX_THREADS, startThreads } from '../../background/start-threads.ts';
import { Indexer } from '../../search/indexer.ts';
import type { OnProgress } from '../finding.ts';
import { removeIndex } from '../check/index-check-store.ts';
import type { OpenStore } from '../open-store.ts';

/** Mails of one request. */
const PAGE = 200;

/** Makes the search indexes of these users anew from their mails. */
export async function rebuildIndexes(
  { db, dataDir, blobKey, log }: OpenStore,
  users: readonly string[],
  onProgress: OnProgress,
): Promise<void> {
  if (users.length === 0) return;
  const threads = startThreads({ blobKey, dataDir, log, settings: { dns: null } });
  const indexer = new Indexer({ db, log }, threads.index, { settle: 0, patience: 0, page: PAGE });
  const running = Array.from({ length: INDEX_THREADS }, async () => await indexer.run());
  try {
    for (const [done, user] of users.entries()) {
      removeIndex(dataDir, user);
      while (!(await indexer.catchUp(user, MINUTE)));
      onProgress('index', done + 1, users.length);
    }
  } finally {
    indexer.stop();
    await Promise.all([threads.stop(), ...running]);
    await indexer.note();
  }
}
