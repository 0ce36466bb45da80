import type { Language } from '../../../common/shapes/profile.ts';
import { formatTimeOfDay, formatWith } from '../text/format.ts';
import { readWall } from '../../../common/wall-time.ts';

const DAY_OF_YEAR = { day: 'numeric', month: 'short' } as const;

/** A time ahead as people say it: "today, 18:00", "tomorrow, 8:00", "Monday, 8:00" within six days, else with the date. */
export function formatAhead(iso: string, now: number, language: Language, zone: string | null): string {
  const time = formatTimeOfDay(iso, language, zone);
  const dayOf = (at: number): number => {
    const { year, month, day } = readWall(at, zone);
    return Date.UTC(year, month - 1, day) / 86_400_000;
  };
  const at = Date.parse(iso);
  const days = dayOf(at) - dayOf(now);
  if (days === 0 || days === 1) {
    return `${new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')}, ${time}`;
  }
  const named = formatWith(language, zone, days > 1 && days < 7 ? { weekday: 'long' } : DAY_OF_YEAR).format(
    at,
  );
  // "Sale el lunes": Spanish names days with their article.
  return `${language === 'es' ? 'el ' : ''}${named}, ${time}`;
}
