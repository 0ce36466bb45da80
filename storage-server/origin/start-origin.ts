import { MINUTE, SECOND } from '../../common/time.ts';
import { followUsers } from '../background/follow-users.ts';
import type { BackgroundThreads } from '../background/start-threads.ts';
import type { StorageCore } from '../context.ts';
import { judgeDue, judgeNext } from './judge-users.ts';
import type { Origin } from './origin.ts';

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
  const pool = core.threads.judge;
  const stop = await followUsers(core, {
    name: 'origin',
    cursors: 'origin_cursor',
    settle: timing.settle,
    patience: PATIENCE,
    pause: SECOND,
    firstLook: 0,
    lookEvery: timing.dueEvery,
    look: async () => (await judgeDue(core, pool)) > 0,
    follow: async (user) => await judgeNext(core, pool, user),
  });
  return { stop };
}
