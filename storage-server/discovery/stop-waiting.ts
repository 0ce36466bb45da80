import { MailError } from '../../common/errors.ts';
import { leaveOnAbort } from '../../server-kit/leave-on-abort.ts';

/** The work's answer, or MailError `timeout` as soon as the signal is aborted. */
export async function stopWaiting<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return await leaveOnAbort(
    work,
    signal,
    () => new MailError('timeout', 'not waited for', { reason: 'connect' }),
  );
}
