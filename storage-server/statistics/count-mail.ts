import { NEVER, READ_BY_RULE, USE_SIZES, USE_WAITS, USE_WAYS } from '../../common/shapes/use.ts';
import type { CountedUse, UseWay } from '../../common/shapes/use.ts';
import { DAY, type Millis } from '../../common/time.ts';
import { readLocalMonth } from './local-month.ts';

/** What is looked at of a mail; times in ms. */
export interface SeenMail {
  id: number;
  /** Of its Date header, and when it was collected. */
  date: Millis;
  received: Millis;
  size: number;
  isRead: boolean;
  isAnswered: boolean;
  /** Nothing of it has changed since it came. */
  isAsItCame: boolean;
}

/** What is noted of a mail of the last days. */
export interface OpenMail {
  mail: number;
  at: Millis;
  provider: string;
  /** 1 when it is counted already. */
  is_read: 0 | 1;
  answered: 0 | 1;
}

/** One mail in one class. */
export interface Tally {
  month: string;
  provider: string;
  use: CountedUse;
  bucket: number;
}

export interface Counted {
  tallies: Tally[];
  /** What is to be noted; null: as it stands. */
  open: OpenMail | null;
}

/** Whoever waits longer has not read or answered at all, as far as statistics go. */
export const LONGEST_WAIT: Millis = USE_WAITS.at(-1) ?? 0;
/** A mail that is older when it is collected was not received now: somebody has added a maildrop. */
const LATE = 3 * DAY;
/** Clocks of senders that are ahead. */
const EARLY = DAY;

const NOTHING: Counted = { tallies: [], open: null };

/** Counts a collected mail as it stands now; `open` is what is noted of it, null: it is seen for the first time. */
export function countReceived(
  mail: SeenMail,
  open: OpenMail | null,
  around: { now: Millis; timeZone: string | null; provider: string },
): Counted {
  const { now, timeZone } = around;
  if (open === null && !isNew(mail, now)) return NOTHING;
  const provider = open?.provider ?? around.provider;
  const { month, hour } = readLocalMonth(mail.received, timeZone);
  const tally = (use: CountedUse, bucket: number): Tally => ({ month, provider, use, bucket });
  const tallies: Tally[] = [];
  if (open === null) tallies.push(tally('inHour', hour), tally('inSize', findClass(USE_SIZES, mail.size)));
  const isRead = open?.is_read === 1;
  if (!isRead && mail.isRead) {
    const byRule = open === null && mail.isAsItCame;
    tallies.push(tally('read', byRule ? READ_BY_RULE : findClass(USE_WAITS, now - mail.received)));
  }
  const isAnswered = open?.answered === 1;
  if (!isAnswered && mail.isAnswered) {
    tallies.push(tally('answered', findClass(USE_WAITS, now - mail.received)));
  }
  if (tallies.length === 0) return NOTHING;
  return {
    tallies,
    open: {
      mail: mail.id,
      at: mail.received,
      provider,
      is_read: isRead || mail.isRead ? 1 : 0,
      answered: isAnswered || mail.isAnswered ? 1 : 0,
    },
  };
}

/** Counts a mail that has left, once. */
export function countSent(
  mail: Pick<SeenMail, 'id' | 'size'> & { at: Millis; way: UseWay },
  open: OpenMail | null,
  around: { now: Millis; timeZone: string | null; provider: string },
): Counted {
  if (open !== null || around.now - mail.at > LONGEST_WAIT) return NOTHING;
  const { provider } = around;
  const { month, hour } = readLocalMonth(mail.at, around.timeZone);
  const tally = (use: CountedUse, bucket: number): Tally => ({ month, provider, use, bucket });
  return {
    tallies: [
      tally('outHour', hour),
      tally('outSize', findClass(USE_SIZES, mail.size)),
      tally('outWay', USE_WAYS.indexOf(mail.way)),
    ],
    open: { mail: mail.id, at: mail.at, provider, is_read: 1, answered: 1 },
  };
}

/** What is counted of a mail whose week is over: it was never read, or never answered, in time. */
export function countOver(open: OpenMail, timeZone: string | null): Tally[] {
  const { month } = readLocalMonth(open.at, timeZone);
  const { provider } = open;
  const tallies: Tally[] = [];
  if (open.is_read === 0) tallies.push({ month, provider, use: 'read', bucket: NEVER });
  if (open.answered === 0) tallies.push({ month, provider, use: 'answered', bucket: NEVER });
  return tallies;
}

function isNew(mail: SeenMail, now: Millis): boolean {
  const late = mail.received - mail.date;
  return late <= LATE && late >= -EARLY && now - mail.received <= LONGEST_WAIT;
}

/** The class of a value among upper ends; the one without an end where it is above all. */
function findClass(ends: readonly number[], value: number): number {
  const found = ends.findIndex((end) => value <= end);
  return found === -1 ? ends.length : found;
}
