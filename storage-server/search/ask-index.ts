import { MailError } from '../../common/errors.ts';
import { SECOND } from '../../common/time.ts';
import type { KeyedLock } from '../../server-kit/keyed-lock.ts';
import type { ThreadPool } from '../thread/thread-pool.ts';
import { isDamaged } from './index/is-damaged.ts';
import type { SearchAnswer, SearchRequest } from './index/thread-protocol.ts';
import type { Indexer } from './indexer.ts';

export interface AskCore {
  /** Of each user one question after the other, or one alone could fill the threads. */
  turns: KeyedLock;
  pool: Pick<ThreadPool<SearchRequest, SearchAnswer>, 'ask'>;
  indexer: Pick<Indexer, 'rebuild'>;
}

/** Nobody waits longer for one stretch, and the next question gets a new thread. */
const LIMIT = 10 * SECOND;

/** MailError `unavailable` (`search-index`) where the index is damaged: it is made anew then. */
export async function askIndex(core: AskCore, request: SearchRequest): Promise<SearchAnswer> {
  try {
    return await core.turns.run(request.user, async () => await askThread(core, request));
  } catch (cause) {
    if (!isDamaged(cause)) throw cause;
    await core.indexer.rebuild(request.user);
    throw new MailError('unavailable', 'the index is damaged', { reason: 'search-index', cause });
  }
}

/** The thread may have been ended for what somebody else was looking for. */
async function askThread(core: AskCore, request: SearchRequest): Promise<SearchAnswer> {
  try {
    return await core.pool.ask(request, LIMIT);
  } catch (error) {
    if (!(error instanceof MailError) || error.reason !== 'stopped') throw error;
    return await core.pool.ask(request, LIMIT);
  }
}
