import type { Millis } from '../../../common/time.ts';
import { stoppedError } from '../smtp-error.ts';
import type { SmtpSession } from '../smtp-session.ts';
import type { PoolKey } from './pool-key.ts';

export interface PoolLimits {
  /** Sessions of one key at once; who comes then waits. */
  connections: number;
  /** Mails over one session. */
  mails: number;
  /** How long one waits for the next mail. */
  idle: Millis;
  /** How long one is used. */
  age: Millis;
}

export interface PooledSession {
  session: SmtpSession;
  /** It has carried a mail before: it may have died meanwhile. */
  isReused: boolean;
  /** To be called once: it waits for the next mail, or ends where it must. */
  giveBack(): void;
}

export interface TakeOptions {
  open: () => Promise<SmtpSession>;
  limits: PoolLimits;
  signal: AbortSignal;
  /** None that has carried a mail before. */
  fresh?: boolean;
}

/** Sessions kept open for the next mail with the same key, and no other. */
export interface SessionPool {
  /** Rejects as `open` does, and with SessionError (stopped) when `signal` ends the waiting. */
  take(key: PoolKey, options: TakeOptions): Promise<PooledSession>;
  /** Ends those that wait, and the others after their mail. */
  closeWhere(fits: (key: PoolKey) => boolean): void;
  close(): void;
  /** Sessions that are open, in use or waiting. */
  readonly open: number;
}

interface Kept {
  session: SmtpSession;
  openedAt: Millis;
  mails: number;
  timer: NodeJS.Timeout | undefined;
}

interface Bucket {
  key: PoolKey;
  idle: Kept[];
  open: number;
  /** Resolved with a session, or with null for the right to open one. */
  waiting: PromiseWithResolvers<Kept | null>[];
  /** Grows when what is open now must not be used again. */
  generation: number;
}

/** `now`: milliseconds of a clock that never goes back. */
export function makeSessionPool(now: () => Millis = () => performance.now()): SessionPool {
  const buckets = new Map<string, Bucket>();
  let closed = false;

  const findBucket = (key: PoolKey): Bucket => {
    const known = buckets.get(key.text);
    if (known !== undefined) return known;
    const bucket: Bucket = { key, idle: [], open: 0, waiting: [], generation: 0 };
    buckets.set(key.text, bucket);
    return bucket;
  };
  const leave = (bucket: Bucket): void => {
    const next = bucket.waiting.shift();
    // Its right to open one goes on to whoever waits.
    if (next !== undefined) return next.resolve(null);
    bucket.open -= 1;
    if (bucket.open === 0) buckets.delete(bucket.key.text);
  };
  const discard = (bucket: Bucket, kept: Kept): void => {
    clearTimeout(kept.timer);
    kept.session.watch(null);
    kept.session.close();
    leave(bucket);
  };
  const discardIdle = (bucket: Bucket, kept: Kept): void => {
    const index = bucket.idle.indexOf(kept);
    if (index === -1) return;
    bucket.idle.splice(index, 1);
    discard(bucket, kept);
  };
  const wait = async (bucket: Bucket, signal: AbortSignal): Promise<Kept | null> => {
    const turn = Promise.withResolvers<Kept | null>();
    bucket.waiting.push(turn);
    const abort = (): void => {
      const index = bucket.waiting.indexOf(turn);
      if (index === -1) return;
      bucket.waiting.splice(index, 1);
      turn.reject(stoppedError());
    };
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    try {
      return await turn.promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  };
  const find = async (
    bucket: Bucket,
    { open, limits, signal, fresh }: TakeOptions,
  ): Promise<[Kept, boolean]> => {
    for (let kept = bucket.idle.pop(); kept !== undefined; kept = bucket.idle.pop()) {
      clearTimeout(kept.timer);
      kept.session.watch(null);
      if (fresh !== true && kept.session.isUsable) return [kept, true];
      discard(bucket, kept);
    }
    if (bucket.open < limits.connections) bucket.open += 1;
    else {
      const kept = await wait(bucket, signal);
      if (kept !== null && fresh !== true) return [kept, true];
      // Its right to be open is ours now.
      kept?.session.close();
    }
    // A bucket that was emptied while we waited is still the one that counts.
    buckets.set(bucket.key.text, bucket);
    try {
      return [{ session: await open(), openedAt: now(), mails: 0, timer: undefined }, false];
    } catch (error) {
      leave(bucket);
      throw error;
    }
  };
  const giveBack = (bucket: Bucket, kept: Kept, limits: PoolLimits, generation: number): void => {
    kept.mails += 1;
    const worn =
      kept.mails >= limits.mails || now() - kept.openedAt >= limits.age || generation !== bucket.generation;
    if (closed || worn || !kept.session.isUsable) return discard(bucket, kept);
    const next = bucket.waiting.shift();
    if (next !== undefined) return next.resolve(kept);
    kept.session.watch(() => discardIdle(bucket, kept));
    kept.timer = setTimeout(() => discardIdle(bucket, kept), limits.idle).unref();
    bucket.idle.push(kept);
  };
  const closeWhere = (fits: (key: PoolKey) => boolean): void => {
    for (const bucket of [...buckets.values()].filter(({ key }) => fits(key))) {
      bucket.generation += 1;
      for (const kept of bucket.idle.splice(0)) discard(bucket, kept);
    }
  };
  return {
    take: async (key, options) => {
      const bucket = findBucket(key);
      // As it was before: what is taken back while a session opens counts for it too.
      const { generation } = bucket;
      const [kept, isReused] = await find(bucket, options);
      return {
        session: kept.session,
        isReused,
        giveBack: () => giveBack(bucket, kept, options.limits, generation),
      };
    },
    closeWhere,
    close: () => {
      closed = true;
      closeWhere(() => true);
    },
    get open() {
      return [...buckets.values()].reduce((sum, bucket) => sum + bucket.open, 0);
    },
  };
}
