import { SECOND, type Millis } from '../common/time.ts';
import type { Logger } from './log.ts';

export interface RepeatOptions {
  log: Logger;
  /** Logged as a warning at each failure, with the error and the number of failures in a row. */
  event: string;
  /** How long to wait after so many failures in a row. */
  pause: (failures: number) => Millis;
}

/** Does `work` again and again until `signal`; a failure is logged and makes it wait before the next time. Never rejects. */
export async function repeat(
  signal: AbortSignal,
  options: RepeatOptions,
  work: () => Promise<void>,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      await work();
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      options.log.warn(options.event, { error, failures });
      await sleep(options.pause(failures), signal);
    }
  }
}

/** For what should be back soon: half a second, one, two … at most `longest`. */
export function pauseUpTo(longest: Millis): (failures: number) => Millis {
  return (failures) => Math.min((SECOND / 4) * 2 ** failures, longest);
}

/** Resolves after `ms` or at the signal; never rejects. */
export async function sleep(ms: Millis, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
