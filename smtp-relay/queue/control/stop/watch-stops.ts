import { SECOND, type Clock } from '../../../../common/time.ts';
import type { Bell } from '../../../../server-kit/bell.ts';
import type { Database } from '../../../../server-kit/database/database.ts';
import type { Logger } from '../../../../server-kit/log.ts';
import { repeat } from '../../../../server-kit/repeat.ts';
import { applyStops } from './apply-stops.ts';
import { listStopped } from '../control-store.ts';

/** Another relay may have been told to stop what we try, and one that was killed never comes back to it. */
const LOOK_AGAIN = 1.5 * SECOND;
const SHORTEST = 50;

export interface StopWatch {
  /** A stop was asked for here: every delivery that ends may be the one. */
  expect(): void;
  stop(): Promise<void>;
}

/** Carries out stops as soon as the deliveries that they waited for are over. `bell` rings when one is. */
export function watchStops(options: {
  database: Database;
  clock: Clock;
  log: Logger;
  bell: Bell;
  /** What waits for its turn in memory looks as if it was being tried. */
  recall: (mail: string) => Promise<void>;
}): StopWatch {
  const { database, clock, log, bell, recall } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let open = true;
  let lookedAt = 0;

  const look = async (): Promise<void> => {
    lookedAt = performance.now();
    const mails = await listStopped(database.read);
    for (const mail of mails) await recall(mail);
    const applied = mails.length === 0 ? 0 : await applyStops(database, mails, clock.now());
    open = mails.length > 0;
    if (applied === 0) return;
    log.info('queue.stopped', { recipients: applied });
    bell.ring();
  };
  const watching = repeat(signal, { log, event: 'queue.stop-failed', pause: () => LOOK_AGAIN }, async () => {
    const { rings } = bell;
    // With nothing to stop, the end of a delivery is no reason to ask the database.
    if (open || performance.now() >= lookedAt + LOOK_AGAIN) await look();
    await bell.wait(rings, Math.max(lookedAt + LOOK_AGAIN - performance.now(), SHORTEST), signal);
  });
  return {
    expect: () => {
      open = true;
      bell.ring();
    },
    stop: async () => {
      stopping.abort();
      await watching;
    },
  };
}
