import { MINUTE, type Millis } from './time.ts';

/** A time as clocks on the wall of a zone show it. `month` 1 to 12, `weekday` 0 (Sunday) to 6. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** What the clocks of a zone show at a moment; null is this computer's zone. */
export function readWall(at: Millis, zone: string | null): WallTime & { weekday: number } {
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
export function findMoment(wall: WallTime, zone: string | null): Millis {
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
