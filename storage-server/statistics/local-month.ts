import type { Millis } from '../../common/time.ts';

const formats = new Map<string, Intl.DateTimeFormat>();
/** There are some 600 zones; whoever finds names for more does not fill the memory. */
const MOST_FORMATS = 1000;

/** Month (`YYYY-MM`) and hour (0 to 23) of a moment in a time zone; in UTC where the zone is unknown or null. */
export function readLocalMonth(at: Millis, timeZone: string | null): { month: string; hour: number } {
  const parts = findFormat(timeZone ?? 'UTC').formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((part) => part.type === type)?.value ?? '';
  return { month: `${read('year').padStart(4, '0')}-${read('month')}`, hour: Number(read('hour')) };
}

function findFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = makeFormat(timeZone) ?? makeFormat('UTC');
  if (made === null) throw new Error('no format for UTC');
  if (formats.size < MOST_FORMATS) formats.set(timeZone, made);
  return made;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      hour: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    return null;
  }
}
