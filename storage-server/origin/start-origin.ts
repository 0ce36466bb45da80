import { MINUTE, SECOND } from '../../common/time.ts';
import { repeat } from '../../server-kit/repeat.ts';
import type { BackgroundThreads } from '../background/start-threads.ts';
import type { StorageCore } from '../context.ts';
import { UserQueue } from '../thread/user-queue.ts';
import { judgeDue, judgeNext } from './judge-users.ts';
import type { Origin } from './origin.ts';
import { findBehind } from './origin-store.ts';

/** While mail still comes in, the machine has better things to do. */
const SETTLE = 2 * SECOND;
const PATIENCE = MINUTE;
/** How often it looks whether something is due again. */
const DUE_EVERY = 30 * SECOND;

export type OriginStart = Pick<StorageCore, 'clock' | 'db' | 'events' | 'home' | 'log'> & {
  threads: Pick<BackgroundThreads, 'judge'>;
};

/** Begins with what an earlier run left undone. */
export async function startOrigin(
  core: OriginStart,
  timing = { settle: SETTLE, dueEvery: DUE_EVERY },
): Promise<Origin> {
  const { db, log } = core;
  const pool = core.threads.judge;
  const queue = new UserQueue(timing.settle, PATIENCE);
  const unsubscribe = core.events.subscribeAll((user, event) => {
    if (event.type === 'changed') queue.touch(user);
  });
  for (const user of await findBehind(db.read)) queue.touch(user);

  const stopping = new AbortController();
  let lookAt = 0;
  const options = { log, event: 'origin.stopped', pause: () => SECOND };
  const working = repeat(stopping.signal, options, async () => {
    if (lookAt <= Date.now()) {
      const found = await judgeDue(core, pool);
      if (found === 0) lookAt = Date.now() + timing.dueEvery;
    }
    const user = await queue.take(Math.max(0, lookAt - Date.now()));
    if (user === null) return;
    try {
      if (await judgeNext(core, pool, user)) queue.putBack(user);
    } catch (error) {
      if (stopping.signal.aborted) return;
      log.warn('origin.failed', { error, user });
      queue.putBack(user, MINUTE);
    }
  });
  return {
    stop: async () => {
      stopping.abort();
      unsubscribe();
      queue.stop();
      await working;
    },
  };
}
