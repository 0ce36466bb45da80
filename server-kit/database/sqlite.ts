import Sqlite from 'better-sqlite3';
import knex from 'knex';
import { cacheStatements } from './cache-statements.ts';
import { toDatabaseError } from './database-error.ts';
import { compileQuery } from './compile.ts';
import type { Database, Param, Query, Reader, Writer } from './database.ts';

/** KiB of pages that a connection keeps. */
const CACHE = 16_000;

/**
 * The embedded engine: WAL, synchronous=FULL. One connection writes, one reads, so that a
 * reader never waits for a transaction; writers queue here instead of meeting SQLITE_BUSY,
 * which would block the thread. `writingCache`: KiB of pages that the writing connection keeps.
 */
export function openSqlite(file: string, writingCache = CACHE): Database {
  const writing = openConnection(file, writingCache);
  writing.pragma('journal_mode = WAL');
  writing.pragma('synchronous = FULL');
  // Pages that are written again and again reach the file once, and commits seldom wait for that: 64 MB of log instead of 4.
  writing.pragma('wal_autocheckpoint = 16000');
  writing.pragma('foreign_keys = ON');
  const reading = openConnection(file);
  reading.pragma('query_only = ON');
  const sql = knex({ client: 'better-sqlite3', useNullAsDefault: true });
  const writer = makeWriter(writing);
  let last: Promise<unknown> = Promise.resolve();

  const write = async <T>(work: (tx: Writer) => Promise<T>): Promise<T> => {
    const before = last;
    const mine = before.then(() => runTransaction(writing, writer, work));
    last = mine.catch(() => undefined);
    return await mine;
  };
  return {
    engine: 'sqlite',
    sql,
    read: makeReader(reading),
    write,
    snapshot: async (work) => {
      const connection = openConnection(file);
      try {
        connection.pragma('query_only = ON');
        connection.exec('BEGIN');
        return await work(makeReader(connection));
      } catch (error) {
        throw toDatabaseError(error);
      } finally {
        connection.close();
      }
    },
    close: async () => {
      await last;
      reading.close();
      writing.close();
      await sql.destroy();
    },
  };
}

function openConnection(file: string, cache = CACHE): Sqlite.Database {
  const connection = new Sqlite(file, { timeout: 10_000 });
  connection.pragma(`cache_size = -${cache}`);
  connection.pragma('temp_store = MEMORY');
  return connection;
}

async function runTransaction<T>(
  connection: Sqlite.Database,
  writer: Writer,
  work: (tx: Writer) => Promise<T>,
): Promise<T> {
  try {
    connection.exec('BEGIN IMMEDIATE');
    const value = await work(writer);
    connection.exec('COMMIT');
    return value;
  } catch (error) {
    // A full disk may have rolled back by itself already.
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw toDatabaseError(error);
  }
}

function makeReader(connection: Sqlite.Database): Reader {
  const prepare = cacheStatements(connection);
  return {
    engine: 'sqlite',
    all: async <T>(query: Query, params: readonly Param[] = []) => {
      const { text, values } = compileQuery(query, params);
      return prepare(text).all(...values) as T[];
    },
    get: async <T>(query: Query, params: readonly Param[] = []) => {
      const { text, values } = compileQuery(query, params);
      return prepare(text).get(...values) as T | undefined;
    },
  };
}

function makeWriter(connection: Sqlite.Database): Writer {
  const prepare = cacheStatements(connection);
  return {
    ...makeReader(connection),
    run: async (query: Query, params: readonly Param[] = []) => {
      const { text, values } = compileQuery(query, params);
      const result = prepare(text).run(...values);
      return { changes: result.changes, insertId: Number(result.lastInsertRowid) };
    },
  };
}
