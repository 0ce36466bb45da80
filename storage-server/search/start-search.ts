import { MINUTE, SECOND } from '../../common/time.ts';
import type { StorageCore } from '../context.ts';
import { makeThreadPool } from '../thread/thread-pool.ts';
import { findMails } from './find-mails.ts';
import type { SearchAnswer, SearchRequest, SearchSetup } from './index/thread-protocol.ts';
import { Indexer } from './indexer.ts';
import type { Search } from './search.ts';

/** Reading mails is most of the work, and goes on two cores at once; more threads would only cost memory. */
const THREADS = 2;
const SETTLE = 50;
const NOTE_EVERY = 5 * SECOND;
const IDLE = 30 * SECOND;

export type SearchStart = Pick<
  StorageCore,
  'blobKey' | 'dataDir' | 'db' | 'events' | 'home' | 'ids' | 'log' | 'mails'
>;

/** Begins with what came while nobody indexed. */
export async function startSearch(core: SearchStart): Promise<Search> {
  const { log } = core;
  const makePool = (threads: number, background: boolean) => {
    const setup: SearchSetup = { dataDir: core.dataDir, key: core.blobKey, background };
    const script = new URL('./index/worker.ts', import.meta.url);
    return makeThreadPool<SearchRequest, SearchAnswer>({ script, threads, setup, idle: IDLE, log });
  };
  const writing = makePool(THREADS, true);
  // Apart: whoever looks for something does not wait for those who read mails.
  const finding = makePool(1, false);
  const indexer = new Indexer(core, writing, SETTLE);
  const unsubscribe = core.events.subscribeAll((user, event) => {
    if (event.type === 'changed') indexer.touch(user);
  });
  await indexer.queueBehind();
  const running = Array.from({ length: THREADS }, async () => await indexer.run());
  const note = async (): Promise<void> => {
    try {
      await indexer.note();
    } catch (error) {
      log.warn('search.note-failed', { error });
    }
  };
  const noting = setInterval(() => void note(), NOTE_EVERY);
  return {
    find: async (user, query) => await findMails({ ...core, pool: finding, indexer }, user, query),
    settle: async (user) => {
      while (!(await indexer.catchUp(user, MINUTE)));
    },
    stop: async () => {
      unsubscribe();
      clearInterval(noting);
      indexer.stop();
      await Promise.all([writing.close(), finding.close()]);
      await Promise.all(running);
      await note();
    },
  };
}
