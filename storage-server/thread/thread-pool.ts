import { Worker } from 'node:worker_threads';
import { MailError } from '../../common/errors.ts';
import { SECOND, type Millis } from '../../common/time.ts';
import type { Logger } from '../../server-kit/log.ts';
import { unpackFailure, type ThreadFailure } from './thread-failure.ts';

export interface PoolOptions {
  /** The script that calls serveThread. */
  script: URL;
  /** At most so many threads; one starts when it is needed. */
  threads: number;
  /** Structured-clonable: its `workerData`. */
  setup: unknown;
  /** What one thread alone answers, the oldest: it loads much, and each thread would load it again. */
  inOne?: (request: never) => boolean;
  /** A thread that had nothing to do for so long ends, and gives back its memory. */
  idle: Millis;
  log: Logger;
}

/** Threads that answer requests; which of them answers is none of the asker's business. */
export interface ThreadPool<Request, Answer> {
  /**
   * MailError `unavailable` when the thread died, `timeout` when it was ended because this took longer than `limit`; what else it
   * was asked at that moment fails with `unavailable`, and the next request starts another one.
   */
  ask(request: Request, limit?: Millis): Promise<Answer>;
  /** What was asked is answered, if that takes no longer than two seconds; else it fails with the reason `closing`. */
  close(): Promise<void>;
}

export type ThreadReply =
  { call: number; ok: true; value: unknown } | ({ call: number; ok: false } & ThreadFailure);

const CLOSE_WITHIN = 2 * SECOND;
/** A young heap that grows as V8 likes costs more memory for each thread than it saves time. */
const MEMORY = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 };

interface Lane {
  worker: Worker;
  waiting: Map<number, { resolve: (value: never) => void; reject: (error: unknown) => void }>;
  idle: NodeJS.Timeout | null;
  /** The call that took too long, for which it was ended. */
  late: number | null;
}

export function makeThreadPool<Request, Answer>(options: PoolOptions): ThreadPool<Request, Answer> {
  const lanes = new Set<Lane>();
  /** With those that are told to end and have not yet. */
  const alive = new Set<Worker>();
  let calls = 0;
  let closed = false;

  const start = (): Lane => {
    const worker = new Worker(options.script, { workerData: options.setup, resourceLimits: MEMORY });
    const lane: Lane = { worker, waiting: new Map(), idle: null, late: null };
    lanes.add(lane);
    alive.add(worker);
    let cause: unknown = new Error('the thread ended');
    worker.on('message', (reply: ThreadReply) => {
      const asked = lane.waiting.get(reply.call);
      lane.waiting.delete(reply.call);
      if (reply.ok) asked?.resolve(reply.value as never);
      else asked?.reject(unpackFailure(reply));
      if (lane.waiting.size === 0) lane.idle = setTimeout(() => end(lane), options.idle).unref();
    });
    worker.on('error', (error) => {
      options.log.error('thread.failed', { error, script: options.script.pathname });
      cause = error;
    });
    worker.on('exit', () => {
      lanes.delete(lane);
      alive.delete(worker);
      for (const [call, { reject }] of lane.waiting) {
        const ended = { reason: closed ? 'closing' : 'stopped', cause };
        reject(
          call === lane.late
            ? new MailError('timeout', 'a thread took too long', { reason: 'thread' })
            : new MailError('unavailable', 'a thread ended', ended),
        );
      }
    });
    return lane;
  };
  /** It takes no more requests, and goes when it has answered what it was asked. */
  const end = (lane: Lane): void => {
    lanes.delete(lane);
    if (lane.idle !== null) clearTimeout(lane.idle);
    // eslint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    lane.worker.postMessage('close');
  };
  const findLane = (request: Request): Lane => {
    const [oldest] = lanes;
    if (oldest !== undefined && options.inOne?.(request as never)) return oldest;
    const free = [...lanes].toSorted((a, b) => a.waiting.size - b.waiting.size)[0];
    if (free === undefined) return start();
    return free.waiting.size > 0 && lanes.size < options.threads ? start() : free;
  };

  return {
    ask: async (request, limit) => {
      if (closed) throw new MailError('unavailable', 'closed', { reason: 'closing' });
      const lane = findLane(request);
      if (lane.idle !== null) clearTimeout(lane.idle);
      lane.idle = null;
      calls += 1;
      const call = calls;
      const answer = new Promise<Answer>((resolve, reject) => {
        lane.waiting.set(call, { resolve, reject });
        // eslint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        lane.worker.postMessage({ call, request });
      });
      if (limit === undefined) return await answer;
      const timer = setTimeout(() => {
        lane.late ??= call;
        void lane.worker.terminate();
      }, limit);
      try {
        return await answer;
      } finally {
        clearTimeout(timer);
      }
    },
    close: async () => {
      closed = true;
      const ended = [...alive].map(
        async (worker) => await new Promise((resolve) => worker.once('exit', resolve)),
      );
      for (const lane of lanes) end(lane);
      const timer = setTimeout(() => {
        for (const worker of alive) void worker.terminate();
      }, CLOSE_WITHIN);
      await Promise.all(ended);
      clearTimeout(timer);
    },
  };
}
