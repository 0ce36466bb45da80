import type Sqlite from 'better-sqlite3';
import { PLACES_EACH, beginSecond, turnPlace } from './doc-place.ts';
import type { IndexedRow } from './search-index.ts';

/** The first place of a second that is taken: what is older and comes later finds one before it. */
const FIRST = 4;

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
