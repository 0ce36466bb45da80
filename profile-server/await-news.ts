import { SECOND } from '../common/time.ts';
import type { ProfileContext } from './context.ts';
import type { Topic } from './hints.ts';

/** A waiting call ends after this long, so that a dead peer holds nothing for long. */
export const LONGEST_WAIT = 25 * SECOND;
/** Another profile-server on the same database cannot hint us: look again this often. */
const LOOK_AGAIN = 3 * SECOND;

export interface AwaitNews<T> {
  topic: Topic;
  /** Throws to end the call, such as when the caller was shut out meanwhile. */
  read: () => Promise<T>;
  isNews: (value: T) => boolean;
  wait: boolean;
  signal: AbortSignal | undefined;
}

/** Answers at once when there is news; with `wait`, as soon as there is some, or with none after 25 s. */
export async function awaitNews<T>(server: ProfileContext, options: AwaitNews<T>): Promise<T> {
  if (!options.wait) return await options.read();
  const end = Date.now() + LONGEST_WAIT;
  const signal =
    options.signal === undefined ? server.stopping : AbortSignal.any([options.signal, server.stopping]);
  const listener = server.hints.listen(options.topic);
  try {
    for (;;) {
      const value = await options.read();
      const left = end - Date.now();
      if (options.isNews(value) || left <= 0 || signal.aborted) return value;
      await listener.next(Math.min(left, LOOK_AGAIN), signal);
    }
  } finally {
    listener.close();
  }
}
