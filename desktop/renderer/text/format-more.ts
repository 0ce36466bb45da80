import type { Language } from '../../../common/shapes/profile.ts';
import { formatTimeOfDay, formatWith } from './format.ts';

/** A day of the calendar, such as `2026-11-21`: "21 Nov". */
export function formatDay(day: string, language: Language): string {
  return formatWith(language, 'UTC', { day: 'numeric', month: 'short' }).format(new Date(day));
}

/** Day and time as short as they can be: the time alone today. */
export function formatMoment(iso: string, now: number, language: Language, zone: string | null): string {
  return formatSpan(iso, iso, now, language, zone)[1];
}

/** From when to when; a day is named once, and today not at all. */
export function formatSpan(
  from: string,
  to: string,
  now: number,
  language: Language,
  zone: string | null,
): [string, string] {
  const format = formatWith(language, zone, { day: 'numeric', month: 'short' });
  const [first, last, today] = [new Date(from), new Date(to), now].map((time) => format.format(time));
  const begin = formatTimeOfDay(from, language, zone);
  const end = formatTimeOfDay(to, language, zone);
  if (first === last && from !== to) return [first === today ? begin : `${first}, ${begin}`, end];
  return [`${first}, ${begin}`, first === last && last === today ? end : `${last}, ${end}`];
}

/** "3 minutes ago", "in 2 hours"; "now" for what is less than a minute ago or, as `now` is half a minute exact, half a minute ahead. */
export function formatAgo(iso: string, now: number, language: Language): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  const rules = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return rules.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 30 ? rules.format(1, 'minute') : rules.format(0, 'second');
}

/** Bytes in units of 1,000, as file managers and providers count: "1.4 MB". */
export function formatSize(bytes: number, language: Language): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  // What would be rounded to a thousand is one of the next.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toLocaleString(language, { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 })} ${units[unit]}`;
}
