import { MailError } from '../../common/errors.ts';
import type { Logger } from '../log.ts';
import { isTableMissing } from './database-error.ts';
import type { Database, Migration, Writer } from './database.ts';

/** Stands among the steps of a database into which rows are being copied. */
export const COPYING = 'copying';
/** Stands there, with where to, in a database whose rows are elsewhere now. */
export const MOVED = 'moved:';

interface MigrateOptions {
  copying?: boolean;
  movedTo?: string | null;
}

/** Longer than any step takes; whoever waits finds nothing left to do. */
const LOCK_SECONDS = 300;

/**
 * Runs what is missing, in order; refuses a database that a newer program has already changed. On MySQL one
 * process at a time: relays that share a database may start together.
 */
export async function migrateDatabase(
  database: Database,
  migrations: readonly Migration[],
  log: Logger,
  options: MigrateOptions = {},
): Promise<void> {
  if (database.engine === 'sqlite') return await runMissing(database, migrations, log, options);
  await database.write(async (tx) => {
    const row = await tx.get<{ got: number | null }>(
      `SELECT GET_LOCK(CONCAT(DATABASE(), '.migrate'), ${LOCK_SECONDS}) AS got`,
    );
    if (row?.got !== 1) throw new MailError('unavailable', 'another process is changing the schema');
    try {
      // On other connections than this one, which only keeps the lock.
      await runMissing(database, migrations, log, options);
    } finally {
      await tx.get("SELECT RELEASE_LOCK(CONCAT(DATABASE(), '.migrate')) AS freed");
    }
  });
}

async function runMissing(
  database: Database,
  migrations: readonly Migration[],
  log: Logger,
  { copying = false, movedTo = null }: MigrateOptions,
): Promise<void> {
  const known = migrations.map((migration) => migration.name);
  if (new Set(known).size !== known.length) throw new Error('two migrations have the same name');
  await database.write(async (tx) => {
    await tx.run('CREATE TABLE IF NOT EXISTS migration (name VARCHAR(100) PRIMARY KEY, at BIGINT NOT NULL)');
  });
  const rows = await database.read.all<{ name: string }>('SELECT name FROM migration');
  const done = new Set(rows.map((row) => row.name));
  if (done.delete(COPYING) && !copying) throw refuseHalf();
  for (const name of [...done].filter(isMoved)) {
    if (!copying) demandMove(name, movedTo);
    done.delete(name);
  }
  // Before its first step: some fill rows in, which are not somebody's data.
  if (copying && rows.length === 0) await database.write(async (tx) => await addStep(tx, COPYING));
  const unknown = [...done].find((name) => !known.includes(name));
  if (unknown !== undefined) throw refuseNewer(unknown);
  const missing = migrations.filter(({ name }) => !done.has(name));
  const run = async (tx: Writer, migration: Migration): Promise<void> => {
    const statements = migration.up(database.sql.schema, database.engine).toSQL();
    for (const statement of statements) await tx.run(statement.sql, statement.bindings as never);
    await addStep(tx, migration.name);
    log.debug('database.migration', { migration: migration.name });
  };
  if (database.engine === 'sqlite') {
    // SQLite takes changes of the schema back: all or none, and one sync instead of hundreds at the first start.
    await database.write(async (tx) => {
      for (const migration of missing) await run(tx, migration);
    });
  } else {
    // MySQL commits each by itself.
    for (const migration of missing) await database.write(async (tx) => await run(tx, migration));
  }
  if (missing.length > 0) log.info('database.migrated', { steps: missing.length });
}

async function addStep(tx: Writer, name: string): Promise<void> {
  await tx.run('INSERT INTO migration (name, at) VALUES (?, ?)', [name, Date.now()]);
}

/** For whoever only looks. MailError `unavailable` reasons `database-older`, `database-newer`, `database-moved`, `database-half-copied`. */
export async function demandNewest(
  database: Database,
  migrations: readonly Migration[],
  movedTo: string | null = null,
): Promise<void> {
  const rows = await database.read
    .all<{ name: string }>('SELECT name FROM migration')
    .catch((error: unknown) => {
      if (isTableMissing(error)) return [];
      throw error;
    });
  for (const { name } of rows) if (isMoved(name)) demandMove(name, movedTo);
  const done = rows.filter(({ name }) => !isMoved(name));
  const known = new Set(migrations.map(({ name }) => name));
  if (done.some(({ name }) => name === COPYING)) throw refuseHalf();
  const unknown = done.find(({ name }) => !known.has(name));
  if (unknown !== undefined) throw refuseNewer(unknown.name);
  if (done.length < known.size) {
    throw new MailError('unavailable', 'database is older than this program', { reason: 'database-older' });
  }
}

/** What stands for a move to `where`; as long as the column takes. */
export function nameMove(where: string): string {
  return `${MOVED}${where}`.slice(0, 100);
}

function isMoved(name: string): boolean {
  return name.startsWith(MOVED);
}

/** A server that went on with the old rows would lose what came since: the sweep takes blobs that they do not name. */
function demandMove(name: string, movedTo: string | null): void {
  if (movedTo !== null && name === nameMove(movedTo)) return;
  const where = name.slice(MOVED.length);
  throw new MailError('unavailable', `the rows were moved to ${where}`, {
    reason: 'database-moved',
    params: { where },
  });
}

function refuseHalf(): MailError {
  return new MailError('unavailable', 'rows are being copied into this database', {
    reason: 'database-half-copied',
  });
}

function refuseNewer(name: string): MailError {
  return new MailError('unavailable', `database is newer than this program: ${name}`, {
    reason: 'database-newer',
  });
}
