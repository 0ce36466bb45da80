import type { Logger } from '../log.ts';
import type { Database, DatabaseSetting, Migration } from './database.ts';
import { demandNewest, migrateDatabase } from './migrate.ts';
import { demandInnodb, openMysql } from './mysql.ts';
import { nameFile } from './name-file.ts';
import { openSqlite } from './sqlite.ts';

export interface OpenOptions {
  database: DatabaseSetting;
  /** Path of the SQLite file; unused on MySQL. */
  file: string;
  /** Name behind the prefix of the MySQL URL; unused on SQLite. */
  schema: string;
  migrations: readonly Migration[];
  log: Logger;
  /** KiB of pages that SQLite keeps for transactions that write, where the usual is too little. */
  writingCache?: number;
  /** False: it stays as it is, and one that lacks a step is refused. Default true. */
  upgrade?: boolean;
  /** True: also one into which an earlier copy has brought only a part of its rows. */
  copying?: boolean;
  /** A database that was moved there is opened all the same: the move is repeated. Any other that was moved is refused. */
  movedTo?: string;
}

/** Opens the database of one part, at the newest version of its schema. MailError `unavailable` reason `database-damaged`. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  try {
    return await openAtNewest(options);
  } catch (error) {
    throw options.database.engine === 'sqlite' ? nameFile(error, options.file) : error;
  }
}

async function openAtNewest(options: OpenOptions): Promise<Database> {
  const database =
    options.database.engine === 'sqlite'
      ? openSqlite(options.file, options.writingCache)
      : await openMysql(options.database.url, options.schema, options.log);
  try {
    if (options.upgrade === false) await demandNewest(database, options.migrations, options.movedTo);
    else await migrateDatabase(database, options.migrations, options.log, options);
    if (database.engine === 'mysql') await demandInnodb(database);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
