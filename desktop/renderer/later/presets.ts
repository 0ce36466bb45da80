import { findMoment, readWall } from '../../../common/wall-time.ts';

const HOUR = 3_600_000;
/** Hours of the wall clock. */
const MORNING = 8;
const EVENING = 18;

export type SendPreset = 'evening' | 'tomorrow' | 'monday';
export type SnoozePreset = 'today' | 'evening' | 'tomorrow' | 'saturday' | 'monday';
export type RemindPreset = 'today' | 'tomorrow' | 'next-week';

export interface Preset<Key extends string> {
  key: Key;
  at: number;
}

/** When mail may leave: this evening while it is not near yet, tomorrow morning, Monday morning unless that is tomorrow. */
export function listSendPresets(now: number, zone: string | null): Preset<SendPreset>[] {
  const evening = findDay(now, zone, 0, EVENING);
  return [
    ...(evening - now > HOUR ? [{ key: 'evening' as const, at: evening }] : []),
    { key: 'tomorrow', at: findDay(now, zone, 1, MORNING) },
    ...(isSunday(now, zone) ? [] : [{ key: 'monday' as const, at: findMonday(now, zone) }]),
  ];
}

/** When to be reminded: in about three hours while that is today, tomorrow morning, Monday morning unless that is tomorrow. */
export function listRemindPresets(now: number, zone: string | null): Preset<RemindPreset>[] {
  return [
    ...listLaterToday(now, zone),
    { key: 'tomorrow', at: findDay(now, zone, 1, MORNING) },
    ...(isSunday(now, zone) ? [] : [{ key: 'next-week' as const, at: findMonday(now, zone) }]),
  ];
}

/** Until when mail is put off: about three hours or the evening while that is today, tomorrow, the weekend, Monday. */
export function listSnoozePresets(now: number, zone: string | null): Preset<SnoozePreset>[] {
  const today = listLaterToday(now, zone);
  const evening = findDay(now, zone, 0, EVENING);
  const { weekday } = readWall(now, zone);
  return [
    ...today,
    ...(evening - now > HOUR && today.every(({ at }) => Math.abs(evening - at) > HOUR)
      ? [{ key: 'evening' as const, at: evening }]
      : []),
    { key: 'tomorrow', at: findDay(now, zone, 1, MORNING) },
    // From Sunday to Thursday: else it is today, or tomorrow.
    ...(weekday < 5 ? [{ key: 'saturday' as const, at: findDay(now, zone, 6 - weekday, MORNING) }] : []),
    ...(isSunday(now, zone) ? [] : [{ key: 'monday' as const, at: findMonday(now, zone) }]),
  ];
}

function listLaterToday(now: number, zone: string | null): Preset<'today'>[] {
  const later = Math.ceil((now + 3 * HOUR) / (HOUR / 2)) * (HOUR / 2);
  const { day, hour } = readWall(later, zone);
  // Who is up at night means the morning, not the small hours.
  return day === readWall(now, zone).day && hour >= MORNING ? [{ key: 'today', at: later }] : [];
}

function isSunday(now: number, zone: string | null): boolean {
  return readWall(now, zone).weekday === 0;
}

function findMonday(now: number, zone: string | null): number {
  const { weekday } = readWall(now, zone);
  return findDay(now, zone, (8 - weekday) % 7 || 7, MORNING);
}

function findDay(now: number, zone: string | null, days: number, hour: number): number {
  const wall = readWall(now, zone);
  return findMoment({ ...wall, day: wall.day + days, hour, minute: 0 }, zone);
}
