import { Worker } from 'node:worker_threads';
import { MailError } from '../../common/errors.ts';
import { toDatabaseError } from '../../server-kit/database/database-error.ts';
import type { Logger } from '../../server-kit/log.ts';
import { unpackFailure } from '../thread/thread-failure.ts';
import type { WorkerAnswers, WorkerReply, WorkerRequest, WorkerSetup } from './worker-protocol.ts';

type Kind = keyof WorkerAnswers;

/** In MiB. Left alone V8 lets a thread have up to 96 of short-lived values; with this the same work takes no longer. */
const MEMORY = { maxYoungGenerationSizeMb: 6 };

/**
 * The thread that hashes, compresses, scans and writes, so that the server's own thread keeps answering. Not a ThreadPool:
 * these threads hold files open and stay, take memory over instead of copying it, and one alone writes compressed packs.
 */
export interface BlobWorker {
  ask<K extends Kind>(request: Extract<WorkerRequest, { kind: K }>): Promise<WorkerAnswers[K]>;
  close(): Promise<void>;
}

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** Several threads that look like one. */
export interface BlobWorkers extends BlobWorker {
  askAll<K extends Kind>(request: Extract<WorkerRequest, { kind: K }>): Promise<WorkerAnswers[K][]>;
}

/** What writes compressed packs is done by one thread: they are fewer then. */
const ONE_FOR = new Set<Kind>(['compress', 'rewrite-pack']);

/** Each request goes to the thread that has least to do. */
export async function startBlobWorkers(count: number, setup: WorkerSetup, log: Logger): Promise<BlobWorkers> {
  const workers: { worker: BlobWorker; busy: number }[] = [];
  // One after the other: the first makes the tables.
  for (let at = 0; at < count; at++) workers.push({ worker: await startBlobWorker(setup, log), busy: 0 });
  return {
    askAll: async (request) =>
      await Promise.all(workers.map(async ({ worker }) => await worker.ask(request))),
    ask: async (request) => {
      const able = ONE_FOR.has(request.kind) ? workers.slice(0, 1) : workers;
      const least = able.reduce((best, one) => (one.busy < best.busy ? one : best));
      least.busy += 1;
      try {
        return await least.worker.ask(request);
      } finally {
        least.busy -= 1;
      }
    },
    close: async () => {
      for (const { worker } of workers) await worker.close();
    },
  };
}

/** A worker that dies fails what it was asked, and the next call starts another one. */
export async function startBlobWorker(setup: WorkerSetup, log: Logger): Promise<BlobWorker> {
  const waiting = new Map<number, Waiting>();
  let current: Promise<Worker> | null = null;
  let calls = 0;

  const failAll = (cause: unknown): void => {
    for (const { reject } of waiting.values()) {
      reject(new MailError('unavailable', 'the blob store stopped', { reason: 'blob-store', cause }));
    }
    waiting.clear();
  };
  const start = async (): Promise<Worker> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: setup,
      resourceLimits: MEMORY,
    });
    let failure: unknown = new Error('the worker ended');
    return await new Promise((resolve, reject) => {
      worker.on('message', (message: WorkerReply | 'ready') => {
        if (message === 'ready') resolve(worker);
        else settle(waiting, message);
      });
      worker.on('error', (error) => {
        log.error('blob-worker.failed', { error });
        failure = error;
      });
      // The end comes once, after an error too: only then may another worker open the same files.
      worker.on('exit', () => {
        current = null;
        reject(toDatabaseError(failure));
        failAll(failure);
      });
    });
  };
  const findWorker = async (): Promise<Worker> => await (current ??= start());
  await findWorker();

  return {
    ask: async <K extends Kind>(request: Extract<WorkerRequest, { kind: K }>): Promise<WorkerAnswers[K]> => {
      const worker = await findWorker();
      calls += 1;
      const call = calls;
      return await new Promise((resolve, reject) => {
        waiting.set(call, { resolve, reject });
        const memory = 'memory' in request ? request.memory : [];
        worker.postMessage(
          { call, request },
          memory.filter((one) => one instanceof ArrayBuffer),
        );
      });
    },
    close: async () => {
      const worker = await current;
      if (worker === null) return;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      // eslint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      worker.postMessage('close');
      await ended;
    },
  };
}

function settle(waiting: Map<number, Waiting>, reply: WorkerReply): void {
  const one = waiting.get(reply.call);
  waiting.delete(reply.call);
  if (one === undefined) return;
  if (reply.ok) one.resolve(reply.value as never);
  else one.reject(unpackFailure(reply));
}
