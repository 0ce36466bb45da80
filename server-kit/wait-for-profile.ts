import { setTimeout as sleep } from 'node:timers/promises';
import { MailError } from '../common/errors.ts';
import { SECOND, type Millis } from '../common/time.ts';
import type { Logger } from './log.ts';
import { readCallError } from './service-client.ts';

const FIRST_PAUSE = 200;
const PATIENCE = 60 * SECOND;

/** Where the profile-server should be, and how long it is waited for: a minute where nothing is said. */
export interface Awaited {
  url: string;
  patience?: Millis;
  /** Ends the wait with an AbortError: somebody stops the part that waits. */
  stopping?: AbortSignal | undefined;
  log: Logger;
}

/**
 * Parts are started together: a profile-server that does not answer yet is waited for. MailError of the call; `unavailable` reason
 * `no-profile-server` with the address and why, when there was no answer until then.
 */
export async function waitForProfile<T>(
  { url, patience = PATIENCE, log, stopping }: Awaited,
  call: () => Promise<T>,
): Promise<T> {
  const end = Date.now() + patience;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, 2 * SECOND)) {
    try {
      return await call();
    } catch (error) {
      const mail = readCallError(error);
      if (mail.code !== 'unavailable') throw mail;
      const cause = findCause(error);
      // A moment is usual.
      if (pause === 8 * FIRST_PAUSE) log.warn('profile-server.awaited', { url, cause });
      if (Date.now() + pause > end) throw mail.reason === null ? explainSilence(url, cause, error) : mail;
      await sleep(pause, undefined, { signal: stopping });
    }
  }
}

function explainSilence(address: string, cause: string, error: unknown): MailError {
  return new MailError('unavailable', `no profile-server at ${address}: ${cause}`, {
    reason: 'no-profile-server',
    params: { address, cause },
    cause: error,
  });
}

/** What the network said at the bottom of it: `fetch failed` says nothing. */
function findCause(error: unknown): string {
  let last = error;
  while (last instanceof Error && last.cause instanceof Error) last = last.cause;
  return last instanceof Error ? last.message || last.name : String(last);
}
