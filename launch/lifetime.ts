/** A stop that takes longer than this is cut off: a clean end within 10 s is promised. */
const STOP_MS = 9_000;

/**
 * Ends this process when the plain-JavaScript launcher that started it is gone, even by SIGKILL: the channel between
 * them closes. Without a channel (started directly) it does nothing.
 */
export function endWithParent(): void {
  if (process.channel === undefined || process.channel === null) return;
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

/**
 * Resolves with the first signal that asks to stop; later ones are ignored, since a terminal sends one to every process
 * of the group. A stop that takes too long, or a start that never ends, is cut off: what was acknowledged is on disk.
 */
export function waitForStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals): void => {
      setTimeout(() => process.exit(1), STOP_MS).unref();
      resolve(signal);
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
  });
}
