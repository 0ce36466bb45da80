import type { Limits } from './limits.ts';
import type { Traffic } from './wire.ts';

/**
 * How long a session may have lasted after what it brought so far, in ms: a start for everybody, then time earned by bytes and replies.
 * A first import earns hours; a server that only ever says as much as keeps the idle time-out away is cut off soon after the start.
 */
export function earnedTime(
  { bytes, replies }: Pick<Traffic, 'bytes' | 'replies'>,
  limits: Pick<Limits, 'startMs' | 'bytesPerSecond' | 'replyMs' | 'sessionMs'>,
): number {
  const earned = limits.startMs + (bytes / limits.bytesPerSecond) * 1000 + replies * limits.replyMs;
  return Math.min(limits.sessionMs, earned);
}

/** Calls back once when the session has used up what it earned. Returns how to end that. */
export function watchDeadline(traffic: () => Traffic, limits: Limits, onEnd: () => void): () => void {
  const begun = performance.now();
  let timer: NodeJS.Timeout;
  const look = (): void => {
    const left = earnedTime(traffic(), limits) - (performance.now() - begun);
    if (left <= 1) onEnd();
    else timer = setTimeout(look, left).unref();
  };
  look();
  return () => clearTimeout(timer);
}
