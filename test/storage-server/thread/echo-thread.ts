import { threadId } from 'node:worker_threads';
import { serveThread } from '../../../storage-server/thread/serve-thread.ts';

/** Answers what it is asked, after a while; `die` and `hang` do as they say, `where` is answered with the thread's number. */
serveThread({
  handle: async (request: { say: string; wait?: number }): Promise<string> => {
    if (request.say === 'die') process.exit(1);
    if (request.say === 'fail') throw Object.assign(new Error('no'), { code: 'SQLITE_FULL' });
    if (request.say === 'hang') for (;;);
    await new Promise((resolve) => setTimeout(resolve, request.wait ?? 0));
    return request.say === 'where' ? String(threadId) : request.say;
  },
  close: () => undefined,
  background: true,
});
