import { setTimeout } from 'node:timers/promises';
import { MINUTE, type Millis } from '../../../common/time.ts';
import { stoppedError } from '../smtp-error.ts';

/** When the next mail may leave, with those that have left or wait already, oldest first. */
export function findSlot(taken: readonly Millis[], perMinute: number, now: Millis): Millis {
  return Math.max(now, (taken.at(-perMinute) ?? -Infinity) + MINUTE);
}

/** Keeps the mails of one credential apart as its provider asks. */
export interface Pacer {
  /** Resolves when the next mail may leave. Rejects with SessionError (stopped) when `signal` ends the waiting. */
  wait(key: string, perMinute: number | null, signal: AbortSignal): Promise<void>;
}

export function makePacer(now: () => Millis = () => performance.now()): Pacer {
  const taken = new Map<string, Millis[]>();
  return {
    wait: async (key, perMinute, signal) => {
      if (perMinute === null) return;
      for (const [known, slots] of taken) {
        if ((slots.at(-1) ?? 0) + MINUTE < now()) taken.delete(known);
      }
      const slots = taken.get(key) ?? [];
      const slot = findSlot(slots, perMinute, now());
      taken.set(key, [...slots, slot].slice(-perMinute));
      if (slot <= now()) return;
      await setTimeout(slot - now(), undefined, { signal }).catch((cause: unknown) => {
        throw stoppedError(cause);
      });
    },
  };
}
