import { MONTHS } from './month-names.ts';

/** A moment and the zone in which it is read, in minutes east of Greenwich. */
export interface ZonedDate {
  at: number;
  offset: number;
}

const DATE =
  /(?:^|[\s,;])(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[A-Za-z]{1,5})?/;
const ZONES: Readonly<Record<string, number>> = {
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};

/** The date of a header field (RFC 5322 3.3); of one with a semicolon, as Received, what follows the last. Null when none is there. */
export function parseDate(value: string): ZonedDate | null {
  const text = value.slice(value.lastIndexOf(';') + 1, value.lastIndexOf(';') + 1 + 200);
  const found = DATE.exec(text.replace(/\([^()]*\)/g, ' '));
  if (found === null) return null;
  const [, day, month = '', year = '', hour, minute, second, zone = '+0000'] = found;
  const index = MONTHS.indexOf(month.toLowerCase());
  const offset = readOffset(zone) ?? ZONES[zone.toLowerCase()] ?? 0;
  const full =
    Number(year) + (year.length > 2 ? (year.length === 3 ? 1900 : 0) : Number(year) < 50 ? 2000 : 1900);
  const local = Date.UTC(full, index, Number(day), Number(hour), Number(minute), Number(second ?? 0));
  const fits = index >= 0 && new Date(local).getUTCDate() === Number(day) && Number(hour) < 24;
  return fits ? { at: local - offset * 60_000, offset } : null;
}

/** `+0530` in minutes; null when it is no such zone. */
export function readOffset(zone: string): number | null {
  const found = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  if (found === null) return null;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === '-' ? -minutes : minutes;
}

/** Making one takes as long as using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat | null>();
const MOST_FORMATS = 64;

/** The offset of a zone by its IANA name at a moment; UTC where the name is unknown. */
export function findOffset(timeZone: string, at: number): number {
  const parts = findFormat(timeZone)?.formatToParts(at) ?? [];
  const zone = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return readOffset(zone.replace(/^GMT/, '').replace(':', '')) ?? 0;
}

function findFormat(timeZone: string): Intl.DateTimeFormat | null {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = makeFormat(timeZone);
    if (formats.size < MOST_FORMATS) formats.set(timeZone, format);
  }
  return format;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  } catch {
    return null;
  }
}
