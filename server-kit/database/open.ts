import type { Logger } from '../log.ts';
import type { Database, DatabaseSetting, Migration } from './database.ts';
import { migrateDatabase } from './migrate.ts';
import { demandInnodb, openMysql } from './mysql.ts';
import { openSqlite } from './sqlite.ts';

export interface OpenOptions {
  database: DatabaseSetting;
  /** Path of the SQLite file; unused on MySQL. */
  file: string;
  /** Name behind the prefix of the MySQL URL; unused on SQLite. */
  schema: string;
  migrations: readonly Migration[];
  log: Logger;
}

/** Opens the database of one part, at the newest version of its schema. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const database =
    options.database.engine === 'sqlite'
      ? openSqlite(options.file)
      : await openMysql(options.database.url, options.schema, options.log);
  try {
    await migrateDatabase(database, options.migrations, options.log);
    if (database.engine === 'mysql') await demandInnodb(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
