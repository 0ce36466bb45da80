import { KeyedLock } from '../../../server-kit/keyed-lock.ts';

/** Whose results a relay brings: relays on one database have one outbox. */
export interface Outboxes {
  /** Null until it has answered once since the start: it may have moved onto another queue. */
  of(relay: string): string | null;
  /** One at a time for each outbox takes in what it brought. */
  take(relay: string, outbox: string, work: () => Promise<void>): Promise<void>;
  /** One more failure to take in this result; how many there were in a row. */
  countFailure(outbox: string, seq: number): number;
}

export function makeOutboxes(): Outboxes {
  const known = new Map<string, string>();
  const failures = new Map<string, { seq: number; count: number }>();
  const lock = new KeyedLock();
  return {
    of: (relay) => known.get(relay) ?? null,
    take: async (relay, outbox, work) => {
      known.set(relay, outbox);
      await lock.run(outbox, work);
    },
    countFailure: (outbox, seq) => {
      const before = failures.get(outbox);
      const count = before?.seq === seq ? before.count + 1 : 1;
      // Those before it are taken in, and none behind it is tried.
      failures.set(outbox, { seq, count });
      return count;
    },
  };
}
