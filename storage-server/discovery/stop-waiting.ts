import { MailError } from '../../common/errors.ts';

/** The work's answer, or MailError `timeout` as soon as the signal is aborted: a lookup by the system cannot be cancelled, only left. */
export async function stopWaiting<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const stopped = Promise.withResolvers<never>();
  const stop = (): void => stopped.reject(new MailError('timeout', 'not waited for', { reason: 'connect' }));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
