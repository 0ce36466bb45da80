/** A time as clocks on the wall of a zone show it. `month` 1 to 12, `weekday` 0 (Sunday) to 6. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const MINUTE = 60_000;

/** What the clocks of a zone show at a moment; null is this computer's zone. */
export function readWall(at: number, zone: string | null): WallTime & { weekday: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone ?? undefined,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const [year, month, day] = [read('year'), read('month'), read('day')];
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return { year, month, day, hour: read('hour'), minute: read('minute'), weekday };
}

/**
 * The moment when the clocks of a zone show this; days beyond the month's end go on into the next. A time that is left out
 * when clocks go forward is as much later as they jump; of one that comes twice it is the first.
 */
export function findMoment(wall: WallTime, zone: string | null): number {
  const target = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const offsetAt = (at: number): number => {
    const { year, month, day, hour, minute } = readWall(at, zone);
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / MINUTE) * MINUTE;
  };
  const before = offsetAt(target - 24 * 60 * MINUTE);
  const after = offsetAt(target + 24 * 60 * MINUTE);
  const first = target - Math.max(before, after);
  const fits = [first, target - Math.min(before, after)].find((at) => at + offsetAt(at) === target);
  return fits ?? target - before;
}

/** `2026-11-21` and `08:00`, as date and time fields hold them. */
export function formatFields(at: number, zone: string | null): { date: string; time: string } {
  const { year, month, day, hour, minute } = readWall(at, zone);
  const two = (n: number): string => String(n).padStart(2, '0');
  return { date: `${year}-${two(month)}-${two(day)}`, time: `${two(hour)}:${two(minute)}` };
}

/** Null while one of the fields is empty or no date. */
export function parseFields(date: string, time: string, zone: string | null): number | null {
  const found = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)/.exec(`${date} ${time}`);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return findMoment({ year, month, day, hour, minute }, zone);
}
