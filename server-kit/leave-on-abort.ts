/** The work's answer, or `makeError()` as soon as the signal is aborted: what cannot be cancelled (a lookup by the system) is left to end by itself. */
export async function leaveOnAbort<T>(
  work: Promise<T>,
  signal: AbortSignal,
  makeError: () => Error,
): Promise<T> {
  const left = Promise.withResolvers<never>();
  const leave = (): void => left.reject(makeError());
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  try {
    return await Promise.race([work, left.promise]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
