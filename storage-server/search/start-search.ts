import { MINUTE, SECOND } from '../../common/time.ts';
import { KeyedLock } from '../../server-kit/keyed-lock.ts';
import { INDEX_THREADS, type BackgroundThreads } from '../background/start-threads.ts';
import type { StorageCore } from '../context.ts';
import { findMails, findNumbers } from './find-mails.ts';
import { Indexer } from './indexer.ts';
import { readSnippets } from './read-snippets.ts';
import type { Search } from './search.ts';
import { LONGEST_RECENT, saveRecent } from './suggest/suggest-store.ts';
import { suggest } from './suggest/suggest.ts';

/** An import has the machine to itself while it lasts, unless it lasts long; whoever looks for something is served at once. */
const SETTLE = SECOND / 2;
const PATIENCE = 10 * SECOND;
const PAGE = 400;
const NOTE_EVERY = 5 * SECOND;

export type SearchStart = Pick<StorageCore, 'db' | 'events' | 'home' | 'ids' | 'log' | 'mails'> & {
  threads: Pick<BackgroundThreads, 'index' | 'find' | 'near'>;
};

/** Begins with what came while nobody indexed. */
export async function startSearch(core: SearchStart): Promise<Search> {
  const { log, threads } = core;
  const indexer = new Indexer(core, threads.index, {
    settle: SETTLE,
    patience: PATIENCE,
    page: PAGE,
  });
  const unsubscribe = core.events.subscribeAll((user, event) => {
    if (event.type === 'changed') indexer.touch(user);
  });
  await indexer.queueBehind();
  const running = Array.from({ length: INDEX_THREADS }, async () => await indexer.run());
  const note = async (): Promise<void> => {
    try {
      await indexer.note();
    } catch (error) {
      log.warn('search.note-failed', { error });
    }
  };
  const turns = new KeyedLock();
  const noting = setInterval(() => void note(), NOTE_EVERY);
  const finding = { ...core, pool: threads.find, near: threads.near, indexer, turns };
  return {
    find: async (user, question) => await findMails(finding, user, question),
    findNumbers: async (user, query) => await findNumbers(finding, user, query),
    readSnippets: async (user, query, ids) => await readSnippets(finding, user, query, ids),
    suggest: async (user, text) => await suggest(finding, user, text),
    remember: async (user, query) => {
      const text = query.trim();
      if (text === '' || text.length > LONGEST_RECENT) return;
      await core.db.write(async (tx) => await saveRecent(tx, user, text, Date.now()));
    },
    settle: async (user) => {
      while (!(await indexer.catchUp(user, MINUTE)));
    },
    stop: async () => {
      unsubscribe();
      clearInterval(noting);
      indexer.stop();
      await Promise.all(running);
      await note();
    },
  };
}
