import type { Snooze } from '../../../common/shapes/snooze.ts';

/** How putting mails off is undone. */
export interface TakeBack {
  /** These were not put off before. */
  end: string[];
  /** These wait again until what was their time (ISO). */
  set: { at: string; ids: string[] }[];
}

/** `before`: what was put off before these mails were; `now` in ms. A former time that is over is none to wait for. */
export function planTakeBack(ids: readonly string[], before: readonly Snooze[], now: number): TakeBack {
  const waited = before.filter(({ at, state }) => state === 'waiting' && Date.parse(at) > now);
  const times = new Map(waited.map(({ mail, at }) => [mail.id, at]));
  const end = ids.filter((id) => !times.has(id));
  const again = ids.filter((id) => times.has(id));
  const grouped = Map.groupBy(again, (id) => times.get(id) ?? '');
  return { end, set: Array.from(grouped, ([at, those]) => ({ at, ids: those })) };
}
