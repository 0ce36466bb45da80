import { HOUR } from '../common/time.ts';
import type { ProfileContext } from './context.ts';

/**
 * Does the work now and every hour; a failure is logged under `event`, and the next hour tries again. The returned function
 * stops it and waits for a run under way.
 */
export function repeatHourly(
  server: Pick<ProfileContext, 'log' | 'stopping'>,
  event: string,
  work: () => Promise<void>,
): () => Promise<void> {
  let running = Promise.resolve();
  const run = (): void => {
    // One after the other: a run may take longer than an hour.
    running = running.then(work).catch((error: unknown) => {
      if (!server.stopping.aborted) server.log.error(event, { error });
    });
  };
  run();
  const timer = setInterval(run, HOUR);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
