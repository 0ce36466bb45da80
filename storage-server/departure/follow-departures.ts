import { join } from 'node:path';
import { MINUTE } from '../../common/time.ts';
import { pauseUpTo, repeat } from '../../server-kit/repeat.ts';
import type { StorageCore } from '../context.ts';
import { removeIndex } from '../search/index/index-tables.ts';
import { removeRowsOf } from './departure-store.ts';

/**
 * Throws away what this home keeps of users that are gone for good, as the profile-server tells: an order stands there until
 * this home has said that nothing is left. The returned function ends it.
 */
export function followDepartures(
  core: Pick<StorageCore, 'dataDir' | 'db' | 'log' | 'profile'>,
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
    for (const user of users) {
      await removeEverythingOf(core, user, stopping.signal);
      done.push(user);
    }
  });
  return async () => {
    stopping.abort();
    await following;
  };
}

export async function removeEverythingOf(
  { dataDir, db, log }: Pick<StorageCore, 'dataDir' | 'db' | 'log'>,
  user: string,
  signal: AbortSignal,
): Promise<void> {
  await removeRowsOf(db, user, signal);
  // The name of a file: nothing that could lead elsewhere.
  if (/^\w{1,64}$/.test(user)) removeIndex(join(dataDir, 'search', `${user}.sqlite`));
  log.info('user.gone', { user });
}
