import { join } from 'node:path';
import { MINUTE, type Millis } from '../../common/time.ts';
import { pauseUpTo, repeat, sleep } from '../../server-kit/repeat.ts';
import type { StorageCore } from '../context.ts';
import { removeIndex } from '../search/index/index-tables.ts';
import { removeLedgersOf, removeRowsOf } from './departure-store.ts';

/** A poll that is under way knows within 30 s that its lease is gone, and commits what it has until then. */
const AGAIN_AFTER: Millis = 2 * MINUTE;

/**
 * Throws away what this home keeps of users that are gone for good, as the profile-server tells, and once more after
 * `againAfter` what was still being written: an order stands there until this home has said that nothing is left. The
 * returned function ends it.
 */
export function followDepartures(
  core: Pick<StorageCore, 'dataDir' | 'db' | 'ids' | 'log' | 'profile'>,
  againAfter: Millis = AGAIN_AFTER,
): () => Promise<void> {
  const stopping = new AbortController();
  let done: string[] = [];
  const options = { log: core.log, event: 'departures.failed', pause: pauseUpTo(MINUTE) };
  const following = repeat(stopping.signal, options, async () => {
    const { users } = await core.profile.user.departed.mutate(
      { done, wait: true },
      { signal: stopping.signal },
    );
    done = [];
    for (const user of users) await removeEverythingOf(core, user, stopping.signal);
    if (users.length > 0) await sleep(againAfter, stopping.signal);
    for (const user of users) {
      await removeEverythingOf(core, user, stopping.signal);
      done.push(user);
      core.log.info('user.gone', { user });
    }
  });
  return async () => {
    stopping.abort();
    await following;
  };
}

export async function removeEverythingOf(
  { dataDir, db, ids }: Pick<StorageCore, 'dataDir' | 'db' | 'ids'>,
  user: string,
  signal: AbortSignal,
): Promise<void> {
  await removeLedgersOf(db, ids, user, signal);
  await removeRowsOf(db, user, signal);
  // The name of a file: nothing that could lead elsewhere.
  if (/^\w{1,64}$/.test(user)) removeIndex(join(dataDir, 'search', `${user}.sqlite`));
}
