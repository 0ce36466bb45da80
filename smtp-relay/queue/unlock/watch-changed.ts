import { HOUR, SECOND, type Clock, type Millis } from '../../../common/time.ts';
import { makeBell } from '../../../server-kit/bell.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import type { Logger } from '../../../server-kit/log.ts';
import { pauseUpTo, repeat } from '../../../server-kit/repeat.ts';
import type { ProfileLink } from '../../profile-link.ts';
import type { Delivery, Outcome } from '../queued-mail.ts';
import { listWaitingAccounts, makeDueOf } from './waiting-store.ts';

/** So many are asked for at once; others come after them. */
const MOST = 200;
const LOOK_EVERY = 5 * SECOND;
const LONGEST_PAUSE = 60 * SECOND;
/** Longer than the longest pause between two tries: what waits is noted again by then. */
const FORGET_AFTER = 6 * HOUR;

export interface ChangedWatch {
  /** What did not leave by its account's smarthost in this try. */
  note(delivery: Delivery, outcomes: readonly Outcome[]): void;
  /** Begins with what waits since before the start. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Waiting {
  user: string;
  account: string;
  /** Null: not asked for yet. */
  standing: string | null;
  since: Millis;
}

/**
 * Mail that its account's smarthost did not take waits longer from try to try. Where its user has entered another
 * password, another host, or signed in anew at the provider, it is due at once: it would go by the next try anyway, which
 * may be hours away.
 */
export function watchChanged(options: {
  database: Database;
  clock: Clock;
  log: Logger;
  profile: Pick<ProfileLink, 'readStandings'>;
  /** Something is due. */
  wake: () => void;
}): ChangedWatch {
  const { database, clock, log, profile, wake } = options;
  const waiting = new Map<string, Waiting>();
  const bell = makeBell();
  const stopping = new AbortController();
  const { signal } = stopping;
  let watching: Promise<void> = Promise.resolve();

  const add = (user: string, account: string): void => {
    const known = waiting.get(account);
    waiting.set(account, { user, account, standing: known?.standing ?? null, since: clock.now() });
    // How the account stands is asked for before anybody can have changed it.
    if (known === undefined) bell.ring();
  };
  const release = async (changed: readonly Waiting[]): Promise<void> => {
    const now = clock.now();
    const due = await database.write(async (tx) => {
      let count = 0;
      for (const one of changed) count += await makeDueOf(tx, one, now);
      return count;
    });
    for (const one of changed) if (waiting.get(one.account) === one) waiting.delete(one.account);
    log.info('queue.account-changed', { accounts: changed.length, recipients: due });
    if (due > 0) wake();
  };
  const look = async (): Promise<void> => {
    const { rings } = bell;
    for (const [account, { since }] of waiting) {
      if (since + FORGET_AFTER < clock.now()) waiting.delete(account);
    }
    const asked = [...waiting.values()].slice(0, MOST);
    if (asked.length > 0) {
      const standings = await profile.readStandings(asked);
      const changed: Waiting[] = [];
      for (const [at, one] of asked.entries()) {
        const standing = standings[at] ?? '';
        if (one.standing !== null && one.standing !== standing) changed.push(one);
        // Those that were not asked this time come first the next time.
        else if (waiting.delete(one.account)) waiting.set(one.account, { ...one, standing });
      }
      if (changed.length > 0) await release(changed);
    }
    await bell.wait(rings, LOOK_EVERY, signal);
  };
  return {
    note: ({ mail: { user, account } }, outcomes) => {
      if (account !== null && outcomes.some(({ state }) => state === 'deferred')) add(user, account);
    },
    start: async () => {
      for (const { user, account } of await listWaitingAccounts(database.read)) add(user, account);
      watching = repeat(signal, { log, event: 'queue.watch-failed', pause: pauseUpTo(LONGEST_PAUSE) }, look);
    },
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}
