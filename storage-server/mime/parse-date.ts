import { HOUR, MINUTE, type Millis } from '../../common/time.ts';

/** By their first three or four letters, without accents: English, and what programs in other languages write. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'ene', 'gen'],
  ['feb', 'fev'],
  ['mar', 'mrz', 'maer'],
  ['apr', 'abr', 'avr'],
  ['may', 'mai', 'mag'],
  ['jun', 'juin', 'giu'],
  ['jul', 'juil', 'lug'],
  ['aug', 'ago', 'aou'],
  ['sep', 'set'],
  ['oct', 'okt', 'out', 'ott'],
  ['nov'],
  ['dec', 'dic', 'dez'],
];
/** Hours east of Greenwich: RFC 5322 4.3 and those beyond it that mean one thing only. All others count as `-0000`. */
const ZONES: Record<string, number> = {
  EDT: -4,
  EST: -5,
  CDT: -5,
  CST: -6,
  MDT: -6,
  MST: -7,
  PDT: -7,
  PST: -8,
  WEST: 1,
  MET: 1,
  CET: 1,
  MEZ: 1,
  MEST: 2,
  CEST: 2,
  MESZ: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  HKT: 8,
  SGT: 8,
  JST: 9,
  KST: 9,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
};
/** No place on earth is further from Greenwich. */
const MOST_OFFSET = 14 * HOUR;
const LONGEST = 200;

const TIME = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?[ ]*([ap]\.?m\b\.?)?`;
const ZONE = String.raw`[ ]*(.{0,20})`;
/** `5 Mar 2004 10:20:30 +0100`, also with dashes, dots, `de` and a comma between. */
const DAY_FIRST = new RegExp(
  String.raw`(\d{1,2})(?:st|nd|rd|th|\.)?[ -]+(?:de )?([a-z]{3,12})\.?,?[ -]+(?:de )?(\d{2,4}),?[ T]+${TIME}${ZONE}`,
  'i',
);
/** `Mar 5, 2004 10:20:30 PM EST`. */
const MONTH_FIRST = new RegExp(
  String.raw`\b([a-z]{3,12})\.?[ ]+(\d{1,2})(?:st|nd|rd|th)?,?[ ]+(\d{4}),?[ ]+${TIME}${ZONE}`,
  'i',
);
/** `Fri Mar 5 10:20:30 EST 2004`, as C's ctime and Unix mailboxes have it. */
const YEAR_LAST = new RegExp(
  String.raw`\b([a-z]{3,12})[ ]+(\d{1,2})[ ]+${TIME}[ ]*([a-z0-9:+-]{1,10})?[ ]+(\d{4})\b`,
  'i',
);
const ISO =
  /\b(\d{4})[-/](\d{2})[-/](\d{2})[T ]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?[ ]*([a-z+-].{0,12})?/i;

/** What nearly every mail has (RFC 5322 3.3): told without looking for anything else, at a third of the cost. */
const PLAIN =
  /^\s*(?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{4})(?: \([A-Z]{1,5}\))?\s*$/;

/** Everything as it was written; numbers are checked in `build`. */
interface Written {
  day: string | undefined;
  month: number | null;
  year: string | undefined;
  hour: string | undefined;
  minute: string | undefined;
  second: string | undefined;
  half: string | undefined;
  zone: string | undefined;
}

/**
 * A date as mail carries it: RFC 5322 3.3 and its obsolete forms, ctime, ISO 8601, months in other languages. Comments
 * are passed over, an unknown or impossible zone counts as Greenwich. Null when it is none, or no day of the calendar.
 */
export function parseMailDate(text: string): Millis | null {
  const plain = text.length < LONGEST ? PLAIN.exec(text) : null;
  if (plain !== null) {
    const [, day, month, year, hour, minute, second, zone] = plain;
    return build({ day, month: findMonth(month ?? ''), year, hour, minute, second, half: undefined, zone });
  }
  const line = tidy(text);
  const day = DAY_FIRST.exec(line);
  if (day !== null) return build(read(day, [1, 2, 3, 4, 5, 6, 7, 8]));
  const month = MONTH_FIRST.exec(line);
  if (month !== null) return build(read(month, [2, 1, 3, 4, 5, 6, 7, 8]));
  const last = YEAR_LAST.exec(line);
  if (last !== null) return build(read(last, [2, 1, 8, 3, 4, 5, 6, 7]));
  const iso = ISO.exec(line);
  if (iso === null) return null;
  const [, year, isoMonth, isoDay, hour, minute, second, zone] = iso;
  const number = Number(isoMonth) - 1;
  return build({
    day: isoDay,
    month: number >= 0 && number < 12 ? number : null,
    year,
    hour,
    minute,
    second,
    half: undefined,
    zone,
  });
}

/** One line of plain letters, without comments (RFC 5322 3.2.2), which may stand inside each other. */
function tidy(text: string): string {
  let line = text.slice(0, LONGEST);
  for (let depth = 0; depth < 5 && line.includes('('); depth++) line = line.replace(/\([^()]*\)/g, ' ');
  return line
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[\s"']+/g, ' ');
}

/** The groups of a match, told by their numbers in the order day, month, year, hour, minute, second, half, zone. */
function read(match: RegExpExecArray, at: readonly number[]): Written {
  const [day, month, year, hour, minute, second, half, zone] = at.map((index) => match[index]);
  return { day, month: findMonth(month ?? ''), year, hour, minute, second, half, zone };
}

function findMonth(name: string): number | null {
  const lower = name.toLowerCase();
  const found = MONTHS.findIndex((names) => names.some((one) => lower.startsWith(one)));
  return found === -1 ? null : found;
}

function build(written: Written): Millis | null {
  const { month } = written;
  const day = Number(written.day);
  const year = fullYear(written.year ?? '');
  let hour = Number(written.hour);
  const minute = Number(written.minute);
  const second = Number(written.second ?? 0);
  if (written.half !== undefined && hour <= 12) hour = (hour % 12) + (/^p/i.test(written.half) ? 12 : 0);
  if (month === null || hour > 24 || minute > 59 || second > 60) return null;
  const midnight = new Date(Date.UTC(2000, month, day));
  midnight.setUTCFullYear(year, month, day);
  // 30 February is no day.
  if (midnight.getUTCDate() !== day || midnight.getUTCMonth() !== month) return null;
  return midnight.getTime() + hour * HOUR + minute * MINUTE + second * 1000 - readZone(written.zone ?? '');
}

/** RFC 5322 4.3; three digits are what programs wrote that counted years from 1900. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return text.length === 3 ? 1900 + year : year;
}

/** `+0100`, `+01:00`, `+100`, `GMT+1`, `EST`: what is to be taken off local time. */
function readZone(text: string): Millis {
  const offset = /^(?:UTC?|GMT|Z)?[ ]*([+-])(\d{1,2}?)(?::?(\d{2}))?(?!\d)/i.exec(text);
  if (offset !== null) {
    const minutes = Number(offset[3] ?? 0);
    const size = Number(offset[2]) * HOUR + minutes * MINUTE;
    if (size > MOST_OFFSET || minutes > 59) return 0;
    return offset[1] === '-' ? -size : size;
  }
  const name = /^[a-z]{1,5}/i.exec(text)?.[0].toUpperCase() ?? '';
  return (ZONES[name] ?? 0) * HOUR;
}
