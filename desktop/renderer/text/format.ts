import type { Language } from '../../../common/shapes/profile.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The browser's own form of the language, so that the British get 17:30 and Americans 5:30 PM. */
function findLocale(language: Language): string {
  const own = typeof navigator === 'undefined' ? [] : navigator.languages;
  return own.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

/** A format of the language in a zone (null: this computer’s), made once. */
export function formatWith(
  language: Language,
  zone: string | null,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = JSON.stringify([language, zone, options]);
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(
    findLocale(language),
    zone === null ? options : { ...options, timeZone: zone },
  );
  formats.set(key, made);
  return made;
}

/** The short date of a list row in the user's zone: a time today, a weekday this week, a day this year, else a full date. */
export function formatRowDate(iso: string, now: number, language: Language, zone: string | null): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  const day = formatWith(language, zone, { year: 'numeric', month: 'numeric', day: 'numeric' });
  if (day.format(date) === day.format(now)) {
    return formatWith(language, zone, { hour: 'numeric', minute: '2-digit' }).format(date);
  }
  const age = now - date.getTime();
  if (age > 0 && age < 6 * 86_400_000) return formatWith(language, zone, { weekday: 'short' }).format(date);
  const year = formatWith(language, zone, { year: 'numeric' });
  if (year.format(date) === year.format(now)) {
    return formatWith(language, zone, { day: 'numeric', month: 'short' }).format(date);
  }
  return formatWith(language, zone, { day: '2-digit', month: '2-digit', year: '2-digit' }).format(date);
}

/** The full date and time, for a mail's head and for tooltips. */
export function formatFullDate(iso: string, language: Language, zone: string | null): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return formatWith(language, zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(date);
}

export function formatTimeOfDay(iso: string, language: Language, zone: string | null): string {
  return formatWith(language, zone, { hour: 'numeric', minute: '2-digit' }).format(new Date(iso));
}
