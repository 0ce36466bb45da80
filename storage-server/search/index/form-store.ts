import type Sqlite from 'better-sqlite3';
import { listStems } from '../text/stems.ts';

/** Words that are forms of the same word as this one, itself first. */
export function listForms(prepare: (sql: string) => Sqlite.Statement, word: string): string[] {
  const stems = [word, ...listStems(word)];
  const find = prepare('SELECT word FROM form WHERE stem = ? LIMIT 100').pluck();
  return [...new Set([...stems, ...stems.flatMap((stem) => find.all(stem) as string[])])];
}
