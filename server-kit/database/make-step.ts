import type { Migration } from './database.ts';

/** A step of one statement that both engines understand: LONGTEXT and LONGBLOB mean TEXT and BLOB to SQLite. */
export function makeStep(name: string, statement: string): Migration {
  return { name, up: (schema) => schema.raw(statement) };
}
