import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { packFailure } from './thread-failure.ts';
import type { ThreadReply } from './thread-pool.ts';

/** What runs behind people's backs leaves the cores to what they wait for. */
const BACKGROUND = 10;

interface Asked {
  call: number;
  request: unknown;
}

/** Answers the requests of a ThreadPool until it is told to close and has answered the last. */
export function serveThread(service: {
  handle: (request: never) => unknown;
  close: () => void;
  /** Gives way to the other threads of this process where the system can do that (Linux). */
  background: boolean;
}): void {
  const port = parentPort;
  if (port === null) throw new Error('this is no thread');
  if (service.background) giveWay();
  let busy = 0;
  let closing = false;
  const send = (reply: ThreadReply): void => port.postMessage(reply);
  const finish = (): void => {
    if (!closing || busy > 0) return;
    service.close();
    port.close();
  };
  const answer = async ({ call, request }: Asked): Promise<void> => {
    busy += 1;
    try {
      send({ call, ok: true, value: await service.handle(request as never) });
    } catch (error) {
      send({ call, ok: false, ...packFailure(error) });
    }
    busy -= 1;
    finish();
  };
  port.on('message', (message: Asked | 'close') => {
    if (message !== 'close') {
      void answer(message);
      return;
    }
    closing = true;
    finish();
  });
}

/** Linux counts priority for each thread; the file named here is that of the thread that reads it. */
function giveWay(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    setPriority(thread, BACKGROUND);
  } catch {
    // Elsewhere all threads are equal.
  }
}
