import type { TimelineDay, TimelineEntry } from '../../../../common/shapes/timeline.ts';

/** Entries that went alike and follow each other across the border of two pages become one again; newest first. */
export function joinEntries(entries: readonly TimelineEntry[]): TimelineEntry[] {
  const joined: TimelineEntry[] = [];
  for (const entry of entries) {
    const before = joined.at(-1);
    if (before === undefined || !wentAlike(before, entry)) joined.push(entry);
    else joined[joined.length - 1] = addUp(before, entry);
  }
  return joined;
}

/** Nothing new, or the same failure; checks that brought mail stand for themselves. */
function wentAlike(a: TimelineEntry, b: TimelineEntry): boolean {
  if (a.new > 0 || b.new > 0) return false;
  const key = ({ error }: TimelineEntry): string =>
    error === null
      ? ''
      : JSON.stringify([error.code, error.reason ?? null, error.params ?? {}, error.serverLine]);
  return key(a) === key(b);
}

function addUp(newer: TimelineEntry, older: TimelineEntry): TimelineEntry {
  return { ...newer, from: older.from, polls: newer.polls + older.polls, bytes: newer.bytes + older.bytes };
}

const DAY = 86_400_000;

/** The last `count` days up to the one of `now` (UTC), oldest first, those without mail too. */
export function fillDays(days: readonly TimelineDay[], now: number, count: number): TimelineDay[] {
  const known = new Map(days.map((day) => [day.day, day]));
  return Array.from({ length: count }, (_, at) => {
    const day = new Date(now - (count - 1 - at) * DAY).toISOString().slice(0, 10);
    return known.get(day) ?? { day, mails: 0, bytes: 0 };
  });
}

/** The top of a scale: a round number not under `most`, whose half is a number too. */
export function scaleTop(most: number): number {
  for (let size = 1; ; size *= 10) {
    for (const step of [2, 4, 6, 8, 10, 15]) if (most <= size * step) return size * step;
  }
}
