import { join } from 'node:path';
import { SECOND } from '../../common/time.ts';
import type { StorageCore } from '../context.ts';
import type { Judgement } from '../origin/judge-mail.ts';
import type { JudgePool } from '../origin/judge-users.ts';
import { NearShelf } from '../search/index/sets/near-shelf.ts';
import type { SearchAnswer } from '../search/index/thread-protocol.ts';
import type { IndexPool } from '../search/indexer.ts';
import { makeThreadPool, type PoolOptions } from '../thread/thread-pool.ts';
import { SEARCH_FOLDER, type BackgroundRequest, type BackgroundSetup } from './thread-protocol.ts';

/** Reading mails is most of the work, and goes on two cores at once; more threads would only cost memory. */
export const INDEX_THREADS = 2;
/** One user's hard question leaves the other thread to everybody else. */
const FIND_THREADS = 2;
const IDLE = 30 * SECOND;

/** Threads that read mails behind people's backs, and two for who looks for something: he does not wait for those. */
export interface BackgroundThreads {
  /** Brings indexes up to date. */
  index: IndexPool;
  /** Looks into them. */
  find: IndexPool;
  judge: JudgePool;
  /** Looks into them without a thread, as far as that is a matter of a few reads. */
  near: Pick<NearShelf, 'find'>;
  stop(): Promise<void>;
}

export function startThreads(
  core: Pick<StorageCore, 'blobKey' | 'dataDir' | 'log'> & {
    settings: Pick<StorageCore['settings'], 'dns'>;
  },
): BackgroundThreads {
  const { dataDir, blobKey: key, log } = core;
  const makePool = (threads: number, background: boolean) => {
    const setup: BackgroundSetup = { dataDir, key, dns: core.settings.dns, background };
    const script = new URL('./thread.ts', import.meta.url);
    const inOne = (request: BackgroundRequest): boolean => request.kind === 'judge';
    const options: PoolOptions = { script, threads, setup, inOne, idle: IDLE, log };
    return makeThreadPool<BackgroundRequest, SearchAnswer | Judgement>(options);
  };
  // Both kinds of work in the same threads: each thread costs memory of its own.
  const reading = makePool(INDEX_THREADS, true);
  const finding = makePool(FIND_THREADS, false);
  const search = (pool: typeof reading): IndexPool => ({
    ask: async (request, limit) => (await pool.ask(request, limit)) as SearchAnswer,
  });
  const near = new NearShelf(join(dataDir, SEARCH_FOLDER));
  return {
    near,
    index: search(reading),
    find: search(finding),
    judge: {
      ask: async (mail, limit) => (await reading.ask({ kind: 'judge', mail }, limit)) as Judgement,
    },
    stop: async () => {
      near.close();
      await Promise.all([reading.close(), finding.close()]);
    },
  };
}
