import ipaddr from 'ipaddr.js';
import { MINUTE, SECOND, type Millis } from '../../../common/time.ts';

/** What is remembered of wrong passwords for one name from one address. */
export interface Tries {
  wrong: number;
  lastAt: Millis;
}

/**
 * What counts as one address: of IPv6 the /64, since whoever has one address of it has them all.
 */
export function groupAddress(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return parsed.toByteArray().slice(0, 8).join('.');
}

/** Mistyping this often costs nothing. */
const FREE = 4;
/**
 * Up to here a password is still looked at while the delay runs, so that a person who gets it right
 * is never kept waiting. Beyond, only programs are left, and they wait.
 */
export const LOOKED_AT = 100;
const LONGEST = 15 * MINUTE;
/** After this long without a wrong one, all is forgotten: nobody stays locked out. */
export const FORGET_AFTER = 60 * MINUTE;

/** Milliseconds that wrong passwords must be apart after `wrong` of them: 0 for the first four, then 1 s, 2 s, 4 s … 15 min. */
export function delayAfter(wrong: number): Millis {
  return wrong < FREE ? 0 : Math.min(SECOND * 2 ** (wrong - FREE), LONGEST);
}

export interface TryVerdict {
  /** Whether the password is looked at at all. */
  look: boolean;
  /** Milliseconds until a wrong password is answered as such again, instead of `too-many-tries`. */
  wait: Millis;
}

/** What a try at a password meets, by the wrong ones before it; null when there were none. */
export function judgeTry(tries: Tries | null, now: Millis, lookedAt: number = LOOKED_AT): TryVerdict {
  if (tries === null || now - tries.lastAt >= FORGET_AFTER) return { look: true, wait: 0 };
  const wait = Math.max(0, tries.lastAt + delayAfter(tries.wrong) - now);
  return { look: wait === 0 || tries.wrong < lookedAt, wait };
}
