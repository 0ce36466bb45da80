import { MailError } from '../../common/errors.ts';
import type { Logger } from '../log.ts';
import type { Database, Migration } from './database.ts';

/** Runs what is missing, in order; refuses a database that a newer program has already changed. */
export async function migrateDatabase(
  database: Database,
  migrations: readonly Migration[],
  log: Logger,
): Promise<void> {
  const known = migrations.map((migration) => migration.name);
  if (new Set(known).size !== known.length) throw new Error('two migrations have the same name');
  await database.write(async (tx) => {
    await tx.run('CREATE TABLE IF NOT EXISTS migration (name VARCHAR(100) PRIMARY KEY, at BIGINT NOT NULL)');
  });
  const rows = await database.read.all<{ name: string }>('SELECT name FROM migration');
  const done = new Set(rows.map((row) => row.name));
  const unknown = rows.filter((row) => !known.includes(row.name));
  if (unknown.length > 0) {
    throw new MailError('unavailable', `database is newer than this program: ${unknown[0]?.name}`, {
      reason: 'database-newer',
    });
  }
  const missing = migrations.filter(({ name }) => !done.has(name));
  for (const migration of missing) {
    const statements = migration.up(database.sql.schema, database.engine).toSQL();
    await database.write(async (tx) => {
      for (const statement of statements) await tx.run(statement.sql, statement.bindings as never);
      await tx.run('INSERT INTO migration (name, at) VALUES (?, ?)', [migration.name, Date.now()]);
    });
    log.debug('database.migration', { migration: migration.name });
  }
  if (missing.length > 0) log.info('database.migrated', { steps: missing.length });
}
