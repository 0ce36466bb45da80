import type { Migration } from '../../server-kit/database/database.ts';

/** MySQL takes all columns in one statement, SQLite one in each. */
export function addColumns(name: string, table: string, columns: readonly string[]): Migration {
  return {
    name,
    up: (schema, engine) =>
      engine === 'mysql'
        ? schema.raw(`ALTER TABLE ${table} ${columns.map((column) => `ADD COLUMN ${column}`).join(', ')}`)
        : columns.reduce((steps, column) => steps.raw(`ALTER TABLE ${table} ADD COLUMN ${column}`), schema),
  };
}
