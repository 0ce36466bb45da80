import type { Delivery } from '../queued-mail.ts';

/** Deliveries that this relay holds and that wait for their turn, by destination. */
export interface ReadyList {
  /** `turn`: smaller goes first within the same priority and destination as long as they are added in that order. */
  add(delivery: Delivery, turn: number): void;
  /** The next of that destination, interactive mail first unless bulk has waited for long. */
  take(destination: string): Delivery | null;
  /** All of that destination. */
  drain(destination: string): Delivery[];
  /** All of that mail. */
  withdraw(mail: string): Delivery[];
  count(destination: string): number;
  /** Whoever was served longest ago stands first. */
  destinations(): string[];
  deliveries(): Delivery[];
  readonly size: number;
}

interface Waiting {
  delivery: Delivery;
  turn: number;
}

/** Two lines of one destination: interactive and bulk. */
type Lines = readonly [Waiting[], Waiting[]];

export function makeReadyList(): ReadyList {
  const lines = new Map<string, Lines>();
  let size = 0;

  const both = (destination: string): Lines => lines.get(destination) ?? [[], []];
  const drain = (destination: string): Delivery[] => {
    const all = both(destination).flat();
    lines.delete(destination);
    size -= all.length;
    return all.map(({ delivery }) => delivery);
  };
  return {
    add: (delivery, turn) => {
      const known = both(delivery.destination);
      known[delivery.mail.priority].push({ delivery, turn });
      lines.set(delivery.destination, known);
      size += 1;
    },
    take: (destination) => {
      const known = both(destination);
      const [interactive, bulk] = known;
      const line = (bulk[0]?.turn ?? Infinity) < (interactive[0]?.turn ?? Infinity) ? bulk : interactive;
      const next = line.shift();
      // Behind the others: they are served before it is again.
      lines.delete(destination);
      if (known.some((one) => one.length > 0)) lines.set(destination, known);
      if (next === undefined) return null;
      size -= 1;
      return next.delivery;
    },
    drain,
    withdraw: (mail) => {
      const found: Delivery[] = [];
      for (const [destination, known] of lines) {
        for (const line of known) {
          for (const { delivery } of line.filter((one) => one.delivery.mail.id === mail))
            found.push(delivery);
          line.splice(0, line.length, ...line.filter((one) => one.delivery.mail.id !== mail));
        }
        if (known.every((line) => line.length === 0)) lines.delete(destination);
      }
      size -= found.length;
      return found;
    },
    count: (destination) => both(destination).reduce((sum, line) => sum + line.length, 0),
    destinations: () => [...lines.keys()],
    deliveries: () => [...lines.values()].flatMap((known) => known.flat().map(({ delivery }) => delivery)),
    get size() {
      return size;
    },
  };
}
