import { MINUTE, type Millis } from '../../common/time.ts';
import { repeat } from '../../server-kit/repeat.ts';
import type { StorageCore } from '../context.ts';
import { UserQueue } from '../thread/user-queue.ts';
import { findBehind, type CursorTable } from './cursor-store.ts';

/** What is done behind people's backs when their mail has changed. */
export interface Follower {
  /** Named in the log: `<name>.failed`, `<name>.stopped`. */
  name: string;
  cursors: CursorTable;
  /** How long a user's changes may settle, and how long they wait at most. */
  settle: Millis;
  patience: Millis;
  /** After an error outside a user's turn. */
  pause: Millis;
  /** What is done from time to time besides, the first time after `firstLook`; whether there is more to do at once. */
  firstLook: Millis;
  lookEvery: Millis;
  look(signal: AbortSignal): Promise<boolean>;
  /** One user's turn; whether there is more to do for him. */
  follow(user: string): Promise<boolean>;
}

/**
 * Serves users whose mail changed, one after the other in turns, beginning with what an earlier run left undone. The returned
 * function stops it and waits for the turn under way.
 */
export async function followUsers(
  core: Pick<StorageCore, 'db' | 'events' | 'log'>,
  follower: Follower,
): Promise<() => Promise<void>> {
  const { log } = core;
  const { name } = follower;
  const queue = new UserQueue(follower.settle, follower.patience);
  const unsubscribe = core.events.subscribeAll((user, event) => {
    if (event.type === 'changed') queue.touch(user);
  });
  for (const user of await findBehind(core.db.read, follower.cursors)) queue.touch(user);

  const stopping = new AbortController();
  const { signal } = stopping;
  let lookAt = Date.now() + follower.firstLook;
  const options = { log, event: `${name}.stopped`, pause: () => follower.pause };
  const working = repeat(signal, options, async () => {
    if (lookAt <= Date.now()) {
      // Before the look: one that fails keeps no user waiting.
      lookAt = Date.now() + follower.lookEvery;
      if (await follower.look(signal)) lookAt = Date.now();
    }
    const user = await queue.take(Math.max(0, lookAt - Date.now()));
    if (user === null) return;
    try {
      if (await follower.follow(user)) queue.putBack(user);
    } catch (error) {
      if (signal.aborted) return;
      log.warn(`${name}.failed`, { error, user });
      queue.putBack(user, MINUTE);
    }
  });
  return async () => {
    stopping.abort();
    unsubscribe();
    queue.stop();
    await working;
  };
}
