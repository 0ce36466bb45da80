import { findMoment, readWall } from '../../../common/wall-time.ts';

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
