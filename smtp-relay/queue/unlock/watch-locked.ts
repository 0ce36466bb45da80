import { MailError } from '../../../common/errors.ts';
import { SECOND, type Clock } from '../../../common/time.ts';
import { makeBell } from '../../../server-kit/bell.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import type { Logger } from '../../../server-kit/log.ts';
import { pauseUpTo, repeat } from '../../../server-kit/repeat.ts';
import type { ProfileLink } from '../../profile-link.ts';
import { listLockedUsers, makeDue } from './waiting-store.ts';

/** So many are asked for at once; others come after them. */
const MOST = 500;
const LONGEST_PAUSE = 30 * SECOND;
/** With nobody to wait for there is nothing to do until a bell rings. */
const IDLE = 60 * SECOND;

export interface LockedWatch {
  /** The same link; whose account was found locked is remembered. */
  profile: ProfileLink;
  /** Begins with whoever is waited for since before the start. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Mail that leaves by an account that only its user can open waits for him. As soon as he has opened it, on whatever
 * computer, it is due: it would go by the next try anyway, which may be hours away.
 */
export function watchLocked(options: {
  database: Database;
  clock: Clock;
  log: Logger;
  profile: ProfileLink;
  /** Something is due. */
  wake: () => void;
}): LockedWatch {
  const { database, clock, log, profile, wake } = options;
  const locked = new Set<string>();
  const bell = makeBell();
  const stopping = new AbortController();
  const { signal } = stopping;
  let watching: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    const { rings } = bell;
    const asked = [...locked].slice(0, MOST);
    if (asked.length === 0) return await bell.wait(rings, IDLE, signal);
    const opened = await profile.awaitOpened(asked, signal);
    // Those that were not asked this time come first the next time.
    for (const user of asked) locked.delete(user);
    for (const user of asked) if (!opened.includes(user)) locked.add(user);
    if (opened.length === 0) return;
    const due = await database.write(async (tx) => await makeDue(tx, opened, clock.now()));
    log.info('queue.unlocked', { users: opened.length, recipients: due });
    if (due > 0) wake();
  };
  return {
    profile: {
      ...profile,
      fetchCredential: async (queueId, user, account) => {
        try {
          return await profile.fetchCredential(queueId, user, account);
        } catch (error) {
          if (error instanceof MailError && error.reason === 'locked-until-password') {
            locked.add(user);
            bell.ring();
          }
          throw error;
        }
      },
    },
    start: async () => {
      for (const user of await listLockedUsers(database.read)) locked.add(user);
      watching = repeat(signal, { log, event: 'queue.unlock-failed', pause: pauseUpTo(LONGEST_PAUSE) }, look);
    },
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}
