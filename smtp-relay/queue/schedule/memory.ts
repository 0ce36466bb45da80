import type { Delivery } from '../queued-mail.ts';

/** Bytes of mails that are tried from memory, all together and for one destination: a dead one must not take it all. */
const MOST_BYTES = 128 * 1024 * 1024;
const MOST_BYTES_EACH = 64 * 1024 * 1024;
/** Deliveries that wait in memory, all together. */
const MOST_DELIVERIES = 10_000;

/** What new mails may take up until they are tried; others wait in the database alone. */
export interface Memory {
  /** All of them or none. */
  take(deliveries: readonly Delivery[]): boolean;
  /** To be called once for each; those that came from the database took nothing. */
  give(delivery: Delivery): void;
  readonly mostDeliveries: number;
}

export function makeMemory(): Memory {
  const each = new Map<string, number>();
  let all = 0;
  const add = (delivery: Delivery, sign: 1 | -1): void => {
    const size = sign * (delivery.body?.length ?? 0);
    const sum = (each.get(delivery.destination) ?? 0) + size;
    all += size;
    if (sum === 0) each.delete(delivery.destination);
    else each.set(delivery.destination, sum);
  };
  return {
    take: (deliveries) => {
      for (const delivery of deliveries) add(delivery, 1);
      const over = deliveries.some(({ destination }) => (each.get(destination) ?? 0) > MOST_BYTES_EACH);
      if (all <= MOST_BYTES && !over) return true;
      for (const delivery of deliveries) add(delivery, -1);
      return false;
    },
    give: (delivery) => add(delivery, -1),
    mostDeliveries: MOST_DELIVERIES,
  };
}
