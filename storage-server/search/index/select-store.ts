import { turnPlace } from './doc-place.ts';
import type { Plan } from '../query/plan-query.ts';
import type { Stretch } from './search-index.ts';

/** FTS5 begins and ends its walk at a bound that is an integer, and better-sqlite3 binds numbers as real ones, which it would only compare with each row. */
const ROWID = 'CAST(? AS INTEGER)';

/**
 * The statement for a page of results (newest first) or their number; a limit is its last parameter. The full-text
 * table leads, in the order of its rowids: the first results are there before the last is looked for.
 */
export function selectMails(
  { match, where, params }: Plan,
  { before, from }: Stretch,
  what: 'find' | 'count',
): { sql: string; params: (string | number)[] } {
  const id = match === null ? 'doc.id' : 'mail_text.rowid';
  const conditions: string[] = [];
  const all: (string | number)[] = [];
  if (match !== null) {
    conditions.push('mail_text MATCH ?');
    all.push(match);
  }
  if (before !== null) {
    conditions.push(`${id} > ${ROWID}`);
    all.push(turnPlace(before));
  }
  if (from > 0) {
    conditions.push(`${id} <= ${ROWID}`);
    all.push(turnPlace(from));
  }
  if (where !== '1') conditions.push(where);
  all.push(...params);
  const clause = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  if (what === 'find') {
    const table = match === null ? 'doc' : 'mail_text CROSS JOIN doc ON doc.id = mail_text.rowid';
    return {
      sql: `SELECT ${id} AS id, doc.mail AS mail FROM ${table}${clause} ORDER BY ${id} LIMIT ?`,
      params: all,
    };
  }
  const alone = match !== null && where === '1';
  const table =
    match === null ? 'doc' : alone ? 'mail_text' : 'mail_text CROSS JOIN doc ON doc.id = mail_text.rowid';
  return { sql: `SELECT COUNT(*) AS n FROM (SELECT 1 FROM ${table}${clause} LIMIT ?)`, params: all };
}
