import { DAY, MINUTE, SECOND, type Millis } from '../../common/time.ts';
import type { Database } from '../../server-kit/database/database.ts';
import type { Logger } from '../../server-kit/log.ts';
import { readCounter } from '../mail/mail-store.ts';
import type { ThreadPool } from '../thread/thread-pool.ts';
import { UserQueue } from '../thread/user-queue.ts';
import { isDamaged } from './index/is-damaged.ts';
import type { IndexState } from './index/search-index.ts';
import type { SearchAnswer, SearchRequest } from './index/thread-protocol.ts';
import { findBehind, readChanged, readRemoved, saveComplete } from './search-store.ts';

export type IndexPool = Pick<ThreadPool<SearchRequest, SearchAnswer>, 'ask'>;

/** The state is noted after so many pages: what a crash undoes is indexed again. */
const NOTE_EVERY = 5;
const LIMIT = 5 * MINUTE;
const SEEKS_FOR = 7 * DAY;
/** Where others were waiting. */
const TIDY_LATER = MINUTE;
const END = Number.MAX_SAFE_INTEGER;

/** One user's index while it is brought up to date; several pages may be on their way at once. */
interface Progress {
  state: IndexState;
  /** Up to where rows were read. */
  cursor: { modseq: number; mail: number };
  pages: { end: { modseq: number; mail: number }; done: boolean }[];
  busy: number;
  failed: boolean;
  /** Everything up to here was read; null: there may be more. */
  complete: number | null;
  unnoted: number;
}

/**
 * Keeps the users' indexes up with their mails. What is to be done is what stands behind the state that is kept in each
 * index itself, so nothing is forgotten and nothing needs a note when mail comes in. Users take turns, page by page.
 */
export class Indexer {
  readonly #core: { db: Database; log: Logger };
  readonly #pool: IndexPool;
  readonly #queue: UserQueue;
  /** Mails of one request: short enough that the next user does not wait, long enough that a commit is worth it. */
  readonly #page: number;
  readonly #progress = new Map<string, Promise<Progress>>();
  readonly #waiting = new Set<{ user: string; modseq: number; resolve: () => void }>();
  readonly #completed = new Map<string, number>();
  readonly #damaged = new Set<string>();
  /** When they looked for something last. */
  readonly #seekers = new Map<string, Millis>();
  #stopped = false;

  constructor(
    core: { db: Database; log: Logger },
    pool: IndexPool,
    timing: { settle: Millis; patience: Millis; page: number },
  ) {
    this.#page = timing.page;
    this.#core = core;
    this.#pool = pool;
    this.#queue = new UserQueue(timing.settle, timing.patience);
  }

  /** He looks for mail: for some days his index is kept as fast as can be. */
  noteSeeker(user: string): void {
    const now = Date.now();
    const isNew = !this.#isSeeker(user);
    this.#seekers.delete(user);
    this.#seekers.set(user, now);
    // Those who looked longest ago come first.
    for (const [other, at] of this.#seekers) {
      if (now - at < SEEKS_FOR) break;
      this.#seekers.delete(other);
    }
    if (isNew) this.#queue.touch(user);
  }

  #isSeeker(user: string): boolean {
    return Date.now() - (this.#seekers.get(user) ?? -Infinity) < SEEKS_FOR;
  }

  touch(user: string): void {
    this.#queue.touch(user);
  }

  /** What the index answers is not to be believed: it is made anew. */
  async rebuild(user: string): Promise<void> {
    this.#damaged.add(user);
    const progress = await this.#progress.get(user);
    if (progress !== undefined) progress.failed = true;
    this.#queue.hurry(user);
  }

  /** Resolves when all that is committed now is indexed, or after `most`; whether it is. */
  async catchUp(user: string, most: Millis): Promise<boolean> {
    const { modseq } = await readCounter(this.#core.db.read, user);
    return await new Promise((resolve) => {
      const entry = { user, modseq, resolve: () => end(true) };
      const timer = setTimeout(() => end(false), most);
      const end = (done: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(entry);
        resolve(done);
      };
      this.#waiting.add(entry);
      this.#queue.hurry(user);
    });
  }

  /** Works until `stop`; as many at once as there are threads. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      const user = await this.#queue.take(MINUTE);
      if (user !== null) await this.#serve(user);
    }
  }

  async queueBehind(): Promise<void> {
    for (const user of await findBehind(this.#core.db.read)) this.#queue.touch(user);
  }

  /** Notes which indexes are complete; once in a while is enough. */
  async note(): Promise<void> {
    if (this.#completed.size === 0) return;
    const complete = new Map(this.#completed);
    this.#completed.clear();
    await this.#core.db.write(async (tx) => await saveComplete(tx, complete));
  }

  stop(): void {
    this.#stopped = true;
    this.#queue.stop();
  }

  async #serve(user: string): Promise<void> {
    let progress: Progress | null = null;
    try {
      progress = await this.#find(user);
      await this.#step(user, progress);
    } catch (error) {
      if (this.#stopped) return;
      this.#core.log.warn('search.index-failed', { error, user });
      if (progress !== null) progress.failed = true;
      if (isDamaged(error)) this.#damaged.add(user);
      // From the state that is kept, once what is on its way has ended.
      if (progress === null || progress.busy === 0) this.#progress.delete(user);
      this.#queue.putBack(user, 10 * SECOND);
    }
  }

  async #find(user: string): Promise<Progress> {
    let found = this.#progress.get(user);
    if (found === undefined) {
      found = this.#begin(user);
      this.#progress.set(user, found);
      found.catch(() => this.#progress.delete(user));
    }
    return await found;
  }

  async #begin(user: string): Promise<Progress> {
    const { db } = this.#core;
    let { state } = await this.#readState(user);
    const { modseq, forgotten } = await readCounter(db.read, user);
    const damaged = this.#damaged.delete(user);
    // Behind what is remembered of removals, or ahead of a store that was restored from a backup: made anew.
    if (damaged || (state.removed > 0 && state.removed < forgotten) || state.removed > modseq) {
      ({ state } = await this.#pool.ask({ kind: 'drop', user }, LIMIT));
    }
    if (state.removed === 0) state = { ...state, removed: forgotten };
    const cursor = { modseq: state.modseq, mail: state.mail };
    return { state, cursor, pages: [], busy: 0, failed: false, complete: null, unnoted: 0 };
  }

  async #readState(user: string): Promise<SearchAnswer> {
    try {
      return await this.#pool.ask({ kind: 'state', user }, LIMIT);
    } catch (error) {
      if (!isDamaged(error)) throw error;
      return await this.#pool.ask({ kind: 'drop', user }, LIMIT);
    }
  }

  async #step(user: string, progress: Progress): Promise<void> {
    if (progress.failed) {
      if (progress.busy === 0) this.#progress.delete(user);
      this.#queue.putBack(user, SECOND);
      return;
    }
    progress.busy += 1;
    try {
      await this.#indexPage(user, progress);
    } finally {
      progress.busy -= 1;
    }
    if (progress.failed) return;
    if (progress.complete !== null && progress.busy === 0) await this.#finish(user, progress);
    else await this.#noteState(user, progress);
  }

  async #indexPage(user: string, progress: Progress): Promise<void> {
    const { db } = this.#core;
    const { modseq } = await readCounter(db.read, user);
    const before = progress.cursor;
    const rows = await readChanged(db.read, user, before, this.#page);
    // The other thread's turn may have read the same page in between.
    if (progress.cursor !== before) {
      this.#queue.putBack(user);
      return;
    }
    const last = rows.at(-1);
    const end = last === undefined ? before : { modseq: last.modseq, mail: last.mail };
    progress.cursor = end;
    if (rows.length < this.#page) {
      progress.complete = Math.max(modseq, end.modseq);
    } else {
      progress.complete = null;
      this.#queue.putBack(user);
    }
    if (last === undefined) return;
    const page = { end, done: false };
    progress.pages.push(page);
    await this.#pool.ask({ kind: 'index', user, rows }, LIMIT);
    page.done = true;
  }

  /** Only while nothing else of this user is on its way: what is removed here must not come back. */
  async #finish(user: string, progress: Progress): Promise<void> {
    const { db } = this.#core;
    const complete = progress.complete ?? 0;
    progress.busy += 1;
    try {
      const removed = await readRemoved(db.read, user, progress.state.removed);
      const state = { modseq: complete, mail: END, removed: complete };
      await this.#pool.ask({ kind: 'finish', user, removed, state }, LIMIT);
    } finally {
      progress.busy -= 1;
    }
    if (progress.busy > 0) return;
    this.#progress.delete(user);
    this.#completed.set(user, complete);
    for (const one of this.#waiting) if (one.user === user && one.modseq <= complete) one.resolve();
    // Nobody waits for it, and whoever else has new mail comes first.
    let more = true;
    while (more && !this.#stopped && !this.#queue.isWaited()) {
      ({ more } = await this.#pool.ask({ kind: 'tidy', user, sets: this.#isSeeker(user) }, LIMIT));
    }
    if (more && this.#isSeeker(user)) this.#queue.putBack(user, TIDY_LATER);
  }

  async #noteState(user: string, progress: Progress): Promise<void> {
    let end: { modseq: number; mail: number } | null = null;
    while (progress.pages[0]?.done === true) {
      end = progress.pages.shift()?.end ?? null;
      progress.unnoted += 1;
    }
    if (end === null || progress.unnoted < NOTE_EVERY) return;
    progress.unnoted = 0;
    progress.state = { ...progress.state, ...end };
    await this.#pool.ask({ kind: 'finish', user, removed: [], state: progress.state }, LIMIT);
  }
}
