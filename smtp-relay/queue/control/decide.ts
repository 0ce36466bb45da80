import type { Millis } from '../../../common/time.ts';
import type { RecipientState } from '../queued-mail.ts';

export type ControlAction = 'hold' | 'release' | 'retry' | 'cancel';

/** What a stop makes of a recipient. */
export type StopState = 'held' | 'cancelled';

/** What the decision looks at. */
export interface ControlledRecipient {
  state: RecipientState;
  attempts: number;
  nextTry: Millis | null;
  lease: string | null;
  /** Asked for before, while a delivery was under way. */
  stop: StopState | null;
}

/**
 * `write`: the new state, at once; `stop`: a delivery is under way, and the stop (null takes an earlier one back)
 * holds if that comes back deferred; `leave`: nothing to do.
 */
export type Decision =
  | { do: 'write'; state: RecipientState; nextTry: Millis | null }
  | { do: 'stop'; state: StopState | null }
  | { do: 'leave' };

/** Whether a delivery is under way. A lease that ended is a relay that died: nobody is trying any more. */
export function isTrying(
  { lease, nextTry }: Pick<ControlledRecipient, 'lease' | 'nextTry'>,
  now: Millis,
): boolean {
  return lease !== null && nextTry !== null && nextTry > now;
}

/** What an action does to one recipient. What another host may have taken already is never said to be cancelled. */
export function decideControl(action: ControlAction, recipient: ControlledRecipient, now: Millis): Decision {
  const { state } = recipient;
  if (state !== 'queued' && state !== 'deferred' && state !== 'held') return { do: 'leave' };
  if (isTrying(recipient, now)) return decideWhileTrying(action, recipient.stop);
  if (action === 'hold' && state === 'held') return { do: 'leave' };
  if (action === 'hold') return { do: 'write', state: 'held', nextTry: null };
  if (action === 'cancel') return { do: 'write', state: 'cancelled', nextTry: null };
  // What is held waits for its release: trying everything again shall not let it go by the way.
  if ((action === 'retry') === (state === 'held')) return { do: 'leave' };
  return { do: 'write', state: recipient.attempts === 0 ? 'queued' : 'deferred', nextTry: now };
}

function decideWhileTrying(action: ControlAction, stop: StopState | null): Decision {
  if (action === 'retry') return { do: 'leave' };
  if (action === 'release') return stop === 'held' ? { do: 'stop', state: null } : { do: 'leave' };
  const wanted = action === 'hold' ? 'held' : 'cancelled';
  // A hold does not take a cancellation back.
  return stop === wanted || stop === 'cancelled' ? { do: 'leave' } : { do: 'stop', state: wanted };
}
