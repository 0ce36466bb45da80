import { Worker } from 'node:worker_threads';
import { MailError } from '../../../common/errors.ts';
import type { Logger } from '../../../server-kit/log.ts';
import { unpackFailure, type Answer, type Asked, type Request } from './thread-messages.ts';

export interface WriterClient {
  /** MailError `unavailable` when the thread died; the next request starts another one. */
  ask(request: Request, transfer?: ArrayBuffer[]): Promise<unknown>;
  /** After what was asked before. */
  close(): Promise<void>;
}

type Waiting = Map<number, PromiseWithResolvers<unknown>>;

/** The thread that writes the SQLite file. */
export function startWriter(file: string, log: Logger): WriterClient {
  let calls = 0;
  let thread: { worker: Worker; waiting: Waiting } | null = null;

  const start = (): { worker: Worker; waiting: Waiting } => {
    const waiting: Waiting = new Map();
    const worker = new Worker(new URL('./writer-thread.ts', import.meta.url), { workerData: file });
    const started = { worker, waiting };
    worker.on('message', (answer: Answer) => {
      const call = waiting.get(answer.call);
      waiting.delete(answer.call);
      if (answer.ok) call?.resolve(answer.value);
      else call?.reject(unpackFailure(answer.failure));
    });
    worker.on('error', (error) => log.error('queue.writer-failed', { error }));
    worker.once('exit', () => {
      if (thread === started) thread = null;
      for (const call of waiting.values()) {
        call.reject(new MailError('unavailable', 'the writer of the queue ended', { reason: 'database' }));
      }
    });
    return started;
  };
  const ask: WriterClient['ask'] = async (request, transfer = []) => {
    thread ??= start();
    const asked: Asked = { ...request, call: ++calls };
    const answer = Promise.withResolvers<unknown>();
    thread.waiting.set(asked.call, answer);
    thread.worker.postMessage(asked, transfer);
    return await answer.promise;
  };
  return {
    ask,
    close: async () => {
      if (thread === null) return;
      const { worker } = thread;
      await ask({ kind: 'close' });
      await worker.terminate();
    },
  };
}
