import { SECOND, type Clock, type Millis } from '../../common/time.ts';
import type { SendOptions } from './sending.ts';

/** When a mail goes to the relay: after the time for undo, or later when it was asked for. */
export function chooseDueTime(
  clock: Clock,
  input: Pick<SendOptions, 'undo' | 'at'>,
): { dueAt: Millis; scheduled: boolean } {
  const now = clock.now();
  const earliest = now + input.undo * SECOND;
  const at = input.at === null ? null : new Date(input.at).getTime();
  if (at === null || at <= earliest) return { dueAt: earliest, scheduled: false };
  return { dueAt: at, scheduled: true };
}
