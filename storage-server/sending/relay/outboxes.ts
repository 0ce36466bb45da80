import { KeyedLock } from '../../../server-kit/keyed-lock.ts';

/** Whose results a relay brings: relays on one database have one outbox. */
export interface Outboxes {
  /** The relay's own id until it has answered once. */
  of(relay: string): string;
  /** One at a time for each outbox takes in what it brought. */
  take(relay: string, outbox: string, work: () => Promise<void>): Promise<void>;
}

export function makeOutboxes(): Outboxes {
  const known = new Map<string, string>();
  const lock = new KeyedLock();
  return {
    of: (relay) => known.get(relay) ?? relay,
    take: async (relay, outbox, work) => {
      known.set(relay, outbox);
      await lock.run(outbox, work);
    },
  };
}
