import type Sqlite from 'better-sqlite3';
import type { IndexedRow } from './search-index.ts';

/** Places stand in the order of dates: this many for each second. Close to each other they take fewer bytes for each word. */
export const PLACES_EACH = 16;
/** The first place of a second that is taken: what is older and comes later finds one before it. */
const FIRST = 4;
/** The place of 2060: rowids from 1991 on take five bytes, wherever a word is met first. Those of later dates are below zero, which costs more bytes and no more. */
const TOP = (Date.UTC(2060, 0, 1) / 1000) * PLACES_EACH;

/**
 * The rowid of a place, and the place of a rowid. The newest mail has the lowest: FTS5 walks forwards in less time than
 * backwards, and the newest results are wanted first.
 */
export function turnPlace(n: number): number {
  return TOP - n;
}

/** The first place of the second of `date`, in milliseconds. */
export function beginSecond(date: number): number {
  return Math.max(0, Math.floor(date / 1000)) * PLACES_EACH;
}

/** Mails of the same second stand behind each other; where too many have it, they take the next. */
export function choosePlace(prepare: (sql: string) => Sqlite.Statement, { date, mail }: IndexedRow): number {
  const second = beginSecond(date);
  const between = (span: number): [number, number] => [turnPlace(second + span), turnPlace(second)];
  const oldest = prepare(
    'SELECT id, date, mail FROM doc WHERE id > ? AND id <= ? ORDER BY id DESC LIMIT 1',
  ).get(...between(PLACES_EACH)) as { id: number; date: number; mail: number } | undefined;
  if (oldest === undefined) return second + FIRST;
  const older = date < oldest.date || (date === oldest.date && mail < oldest.mail);
  const place = turnPlace(oldest.id);
  if (older && place > second) return place - 1;
  const newest = prepare('SELECT MIN(id) FROM doc WHERE id > ? AND id <= ?').pluck();
  for (let span = PLACES_EACH; ; span *= 16) {
    const last = turnPlace(newest.get(...between(span)) as number);
    if (last >= second + span - 1) continue;
    if (span > PLACES_EACH) {
      prepare(
        'INSERT INTO spread (one, ids) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET ids = MAX(ids, excluded.ids)',
      ).run(last + 1 - second);
    }
    return last + 1;
  }
}
