import knex from 'knex';
import { createConnection, createPool, type Pool, type PoolConnection } from 'mysql2/promise';
import { MailError } from '../../common/errors.ts';
import type { Logger } from '../log.ts';
import { compileQuery } from './compile.ts';
import { isRetryable, toDatabaseError } from './database-error.ts';
import type { Database, Param, Query, Reader, Writer } from './database.ts';

const ATTEMPTS = 10;

/** MySQL or MariaDB through mysql2: READ COMMITTED, one schema `<prefix>_<schema>` for each part. */
export async function openMysql(url: string, schema: string, log: Logger): Promise<Database> {
  const server = new URL(url);
  const prefix = server.pathname.replace(/^\//, '');
  if (!/^\w{1,40}$/.test(prefix)) {
    throw new MailError('usage', 'VALIJA_DATABASE needs mysql://user:pass@host/prefix', {
      field: 'VALIJA_DATABASE',
      reason: 'setting',
      params: { setting: 'VALIJA_DATABASE', expected: 'mysql://user:pass@host/prefix' },
    });
  }
  const connect = {
    host: server.hostname,
    port: Number(server.port || 3306),
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
    charset: 'utf8mb4_bin',
    // Text and numbers only: times are bigint milliseconds.
    supportBigNumbers: true,
  };
  const name = `${prefix}_${schema}`;
  await prepareSchema(connect, name);
  const pool = createPool({ ...connect, database: name, connectionLimit: 10, maxIdle: 10 });
  const sql = knex({ client: 'mysql2' });
  return {
    engine: 'mysql',
    sql,
    read: makeReader(pool),
    write: async (work) => await runWithRetries(pool, work, log),
    snapshot: async (work) => await runSnapshot(pool, work),
    close: async () => {
      await pool.end();
      await sql.destroy();
    },
  };
}

interface Place {
  host: string;
  port: number;
}

/** What is first asked of the server goes wrong by settings: the person has to see whom was asked, and what it said. */
function nameServer({ host, port }: Place, error: unknown): MailError {
  const { message, code } = error as { message?: string; code?: string };
  const detail = message || (code ?? String(error));
  return new MailError('unavailable', `no database at ${host}:${port}: ${detail}`, {
    reason: 'database-unreachable',
    params: { place: `${host}:${port}`, detail },
    cause: error,
  });
}

/** Durability is the server's setting: without it "committed" would mean nothing. */
async function prepareSchema(connect: Place, name: string): Promise<void> {
  try {
    const connection = await createConnection(connect).catch((error: unknown) => {
      throw nameServer(connect, error);
    });
    try {
      const [rows] = await connection.query("SHOW VARIABLES LIKE 'innodb_flush_log_at_trx_commit'");
      const value = (rows as { Value: string }[])[0]?.Value;
      if (value !== '1') {
        throw new MailError('unavailable', `innodb_flush_log_at_trx_commit is ${value}, it must be 1`, {
          reason: 'database-not-durable',
          params: { problem: `innodb_flush_log_at_trx_commit = ${value}` },
        });
      }
      await connection.query(
        `CREATE DATABASE IF NOT EXISTS \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`,
      );
      // One that the admin made may take ids for equal that differ in case. Its tables are made as it says then.
      const [made] = await connection.query(
        'SELECT default_collation_name AS name FROM information_schema.schemata WHERE schema_name = ?',
        [name],
      );
      if ((made as { name: string }[])[0]?.name !== 'utf8mb4_bin') {
        await connection.query(`ALTER DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
      }
    } finally {
      await connection.end();
    }
  } catch (error) {
    throw toDatabaseError(error);
  }
}

/** A table of another engine has no transactions: what is committed there is a guess. */
export async function demandInnodb(database: Database): Promise<void> {
  const table = await database.read.get<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND engine <> 'InnoDB'",
  );
  if (table === undefined) return;
  throw new MailError('unavailable', `table ${table.name} is not InnoDB`, {
    reason: 'database-not-durable',
    params: { problem: `table ${table.name} is not InnoDB` },
  });
}

async function runWithRetries<T>(pool: Pool, work: (tx: Writer) => Promise<T>, log: Logger): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runTransaction(pool, work);
    } catch (error) {
      if (!isRetryable(error) || attempt === ATTEMPTS) throw toDatabaseError(error);
      log.debug('database.retry', { attempt });
    }
  }
}

async function runTransaction<T>(pool: Pool, work: (tx: Writer) => Promise<T>): Promise<T> {
  const connection = await pool.getConnection();
  try {
    await connection.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await connection.beginTransaction();
    const value = await work(makeWriter(connection));
    await connection.commit();
    connection.release();
    return value;
  } catch (error) {
    await connection.rollback().then(
      () => connection.release(),
      () => connection.destroy(),
    );
    throw error;
  }
}

async function runSnapshot<T>(pool: Pool, work: (read: Reader) => Promise<T>): Promise<T> {
  const connection = await pool.getConnection();
  try {
    await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    const value = await work(makeReader(connection));
    await connection.commit();
    connection.release();
    return value;
  } catch (error) {
    // Nothing was written: the transaction ends with its connection.
    connection.destroy();
    throw toDatabaseError(error);
  }
}

function makeReader(source: Pool | PoolConnection): Reader {
  const all = async <T>(query: Query, params: readonly Param[] = []): Promise<T[]> => {
    const { text, values } = compileQuery(query, params);
    try {
      const [rows] = await source.query(text, [...values]);
      return rows as T[];
    } catch (error) {
      throw isRetryable(error) ? error : toDatabaseError(error);
    }
  };
  return {
    engine: 'mysql',
    all,
    get: async <T>(query: Query, params: readonly Param[] = []) => (await all<T>(query, params))[0],
  };
}

function makeWriter(connection: PoolConnection): Writer {
  return {
    ...makeReader(connection),
    run: async (query: Query, params: readonly Param[] = []) => {
      const { text, values } = compileQuery(query, params);
      const [result] = await connection.query(text, [...values]);
      const { affectedRows, insertId } = result as { affectedRows?: number; insertId?: number };
      return { changes: affectedRows ?? 0, insertId: insertId ?? 0 };
    },
  };
}
