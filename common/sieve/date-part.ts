import type { ZonedDate } from './date.ts';
import { MONTHS, WEEKDAYS } from './month-names.ts';

function pad(number: number, digits = 2): string {
  return String(number).padStart(digits, '0');
}

function readTime(local: Date): string {
  return [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()].map((one) => pad(one)).join(':');
}

function readDay(local: Date): string {
  return `${pad(local.getUTCFullYear(), 4)}-${pad(local.getUTCMonth() + 1)}-${pad(local.getUTCDate())}`;
}

function readZone(offset: number): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}${pad(minutes % 60)}`;
}

function readStandard(local: Date, offset: number): string {
  const month = MONTHS[local.getUTCMonth()] ?? '';
  const name = month.slice(0, 1).toUpperCase() + month.slice(1);
  const day = `${WEEKDAYS[local.getUTCDay()]}, ${pad(local.getUTCDate())} ${name} ${pad(local.getUTCFullYear(), 4)}`;
  return `${day} ${readTime(local)} ${readZone(offset)}`;
}

/** Days from 17 November 1858 (Modified Julian Day). */
function countDays(local: Date): number {
  return Math.floor(local.getTime() / 86_400_000) + 40_587;
}

/** RFC 5260 4.2. */
const PARTS: Readonly<Record<string, (local: Date, offset: number) => string>> = {
  year: (local) => pad(local.getUTCFullYear(), 4),
  month: (local) => pad(local.getUTCMonth() + 1),
  day: (local) => pad(local.getUTCDate()),
  date: readDay,
  julian: (local) => String(countDays(local)),
  hour: (local) => pad(local.getUTCHours()),
  minute: (local) => pad(local.getUTCMinutes()),
  second: (local) => pad(local.getUTCSeconds()),
  time: readTime,
  iso8601: (local, offset) =>
    `${readDay(local)}T${readTime(local)}${readZone(offset).replace(/(?=..$)/, ':')}`,
  std11: readStandard,
  zone: (_local, offset) => readZone(offset),
  weekday: (local) => String(local.getUTCDay()),
};

export const DATE_PARTS: readonly string[] = Object.keys(PARTS);

/** What a date part says of a moment; null for a part that does not exist. */
export function readDatePart({ at, offset }: ZonedDate, part: string): string | null {
  const read = Object.hasOwn(PARTS, part) ? PARTS[part] : undefined;
  return read === undefined ? null : read(new Date(at + offset * 60_000), offset);
}
