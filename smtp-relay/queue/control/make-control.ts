import { MailError } from '../../../common/errors.ts';
import type { RelayStatus } from '../../../common/shapes/queue.ts';
import type { Clock } from '../../../common/time.ts';
import type { Bell } from '../../../server-kit/bell.ts';
import type { Database } from '../../../server-kit/database/database.ts';
import type { Logger } from '../../../server-kit/log.ts';
import { changeRecipients } from './change-recipients.ts';
import type { QueueControl } from './control.ts';
import { readScope, scopeOf } from './pause/pause-rule.ts';
import { dropPause, keepPause } from './pause/pause-store.ts';
import { startPauses } from './pause/pauses.ts';
import { readStatus } from './show/read-status.ts';
import { readRecipientId } from './recipient-id.ts';
import { showMail } from './show/show-mail.ts';
import { watchStops } from './stop/watch-stops.ts';

export interface ControlOptions {
  database: Database;
  clock: Clock;
  log: Logger;
  /** Rings when a delivery is over; rung when results were written. */
  bell: Bell;
  operatorSmarthost: boolean;
  /** Something is due that was not. */
  wake: () => void;
  /** Puts a mail back that this relay holds in memory and has not begun. */
  recall: (mail: string) => Promise<void>;
  countActive: () => number;
}

/** To be made before the queue starts: a relay that was paused sends nothing at its start either. */
export async function makeControl(options: ControlOptions): Promise<QueueControl> {
  const { database, clock, log, bell, operatorSmarthost, wake } = options;
  const pauses = await startPauses({ database, log, onResume: wake });
  const stops = watchStops({ database, clock, log, bell, recall: options.recall });
  const status = async (): Promise<RelayStatus> => await readStatus(database.read, options.countActive());
  return {
    change: async (action, ids, caller) => {
      const request = { action, ids: ids.map(readRecipientId), caller, now: clock.now() };
      const done = await changeRecipients(database, request);
      for (const id of ids) log.info('queue.changed', { mail: id, action, by: caller.user, ...done });
      if (done.trying > 0) stops.expect();
      bell.ring();
      if (done.changed > 0) wake();
      return done;
    },
    show: async (id, caller) =>
      await showMail(database, id, { caller, paused: pauses.current(), now: clock.now() }),
    pause: async (target, reason, by) => {
      const scope = scopeOf(target, operatorSmarthost);
      await keepPause(database, { scope, reason, by, since: clock.now() });
      await pauses.refresh();
      log.info('queue.paused', { ...readScope(scope), by });
      return await status();
    },
    resume: async (target, by) => {
      // Whatever is paused may go on, also what could not be paused today.
      const scope = scopeOf(target, false);
      if (!(await dropPause(database, scope))) {
        throw new MailError('not-found', 'it is not paused', { reason: 'pause' });
      }
      await pauses.refresh();
      log.info('queue.resumed-by', { ...readScope(scope), by });
      return await status();
    },
    readStatus: status,
    paused: () => pauses.current(),
    stop: async () => {
      pauses.stop();
      await stops.stop();
    },
  };
}
