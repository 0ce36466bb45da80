import { DAY, type Millis } from '../../common/time.ts';
import type { HeaderFields } from './headers.ts';
import { parseMailDate } from './parse-date.ts';

/** POP3 is of 1988 (RFC 1081): what claims to be older has a clock that began anew (1970, 1980) or a wrong century. */
const EARLIEST = Date.UTC(1990, 0, 1);
const MOST_HOPS = 50;
/** Behind the date, where a semicolon may stand in it. */
const TRAILING_COMMENT = /\([^()]*\)\s*$/;

/** When a hop of the Received chain (RFC 5321 4.4) says that it took the mail; null when it says nothing believable. */
export function readHopDate(hop: string, received: Millis): Millis | null {
  const stamped = hop.replace(TRAILING_COMMENT, '');
  const at = parseMailDate(stamped.slice(stamped.lastIndexOf(';') + 1));
  return at !== null && at >= EARLIEST && at <= received + DAY ? at : null;
}

/**
 * When the mail was written, which is its place in lists. Its own Date, unless that is missing, unreadable, before 1990,
 * or more than a day later than the mail's arrival: then the topmost believable Received, which the recipient's own
 * provider wrote (those below it are by strangers); without one, `received`, when it was collected here.
 *
 * Arrival is what the Received chain says, so that a date in the future stays absurd when the mail is collected years
 * later. One hop with a clock far behind does not make a good Date absurd: the latest stamp of the chain counts.
 */
export function decideDate(headers: HeaderFields, received: Millis): Millis {
  const own = parseMailDate(headers.get('date') ?? '');
  const sane = own !== null && own >= EARLIEST && own <= received + DAY;
  const top = readHopDate(headers.get('received') ?? '', received);
  if (sane && (top === null || own <= top + DAY)) return own;
  const hops = headers.all('received').slice(0, MOST_HOPS);
  const stamps = hops.map((hop) => readHopDate(hop, received)).filter((at) => at !== null);
  if (sane && (stamps.length === 0 || own <= Math.max(...stamps) + DAY)) return own;
  return stamps[0] ?? received;
}

/** Every time that the message tells of itself, or its arrival does: its date is one of them by any rule. */
export function listDates(headers: HeaderFields, received: Millis): Set<Millis> {
  const own = parseMailDate(headers.get('date') ?? '');
  const hops = headers.all('received').slice(0, MOST_HOPS);
  const stamps = hops.map((hop) => readHopDate(hop, received));
  return new Set([own, ...stamps, received].filter((at) => at !== null));
}
