import { join, resolve } from 'node:path';
import { MailError } from '../common/errors.ts';
import type { Call, Outcome } from '../command/call.ts';
import { makeUsageError } from '../command/failure.ts';
import { formatNumber, formatTable } from '../command/format.ts';
import { copyDatabase, finishCopy, markMoved } from '../server-kit/database/copy/copy-database.ts';
import type { Database, DatabaseSetting, Migration } from '../server-kit/database/database.ts';
import { openDatabase } from '../server-kit/database/open.ts';
import { makeLogger, type Logger } from '../server-kit/log.ts';
import { readDatabase } from '../server-kit/settings.ts';
import { isThere } from '../server-kit/is-there.ts';
import { openPartDir, type DataDir } from './data-dir.ts';
import { sayMigrated, sayRows } from './migrate-words.ts';
import { PART_NAMES, makeSource, type PartName } from './options.ts';

/** Where each part keeps its rows, and how its schema is made. */
const PLACES: Record<PartName, { file: string; schema: string; load: LoadMigrations }> = {
  'profile-server': {
    file: 'profile.sqlite',
    schema: 'profile',
    load: async () => (await import('../profile-server/operate.ts')).migrations,
  },
  'smtp-relay': {
    file: 'queue.sqlite',
    schema: 'relay',
    load: async () => (await import('../smtp-relay/operate.ts')).migrations,
  },
  'storage-server': {
    file: 'storage.sqlite',
    schema: 'storage',
    load: async () => (await import('../storage-server/operate.ts')).migrations,
  },
};
type LoadMigrations = () => Promise<readonly Migration[]>;

interface Part {
  name: PartName;
  from: Database;
  to: Database;
}

const EVERY_MS = 1000;

/** `migrate-database`: copies the rows of every part in the data directory; a start that uses them needs the new setting. */
export async function run(call: Call): Promise<Outcome> {
  const { typed, env } = call;
  const dataDir = resolve(makeSource((name) => typed.text(name), env)('DATA') ?? './data');
  const from = readDatabase(typed.text('from') ?? '');
  const to = readDatabase(typed.text('to') ?? '');
  if (describe(from) === describe(to)) throw makeUsageError('same-database');
  const names = PART_NAMES.filter((name) => isThere(join(dataDir, name)));
  if (names.length === 0) throw refuseEmpty(dataDir);
  const log = makeLogger((line) => process.stderr.write(`${line}\n`), 'warn', Date.now);
  const locks: DataDir[] = [];
  const parts: Part[] = [];
  const begun = performance.now();
  try {
    for (const name of names) locks.push(openPartDir(dataDir, name));
    for (const name of names) parts.push(await openPart(name, dataDir, { from, to }, log));
    const copied = [];
    for (const part of parts) {
      const showRows = every(EVERY_MS, (rows) => call.note(sayRows(part.name, rows, call.language())));
      const done = await copyDatabase(part.from, part.to, showRows).catch((error: unknown) => {
        throw nameTarget(error, part.name);
      });
      copied.push({ part: part.name, ...done });
    }
    // All of them or none: a server must not find its users here and their mail there.
    for (const part of parts) await finishCopy(part.to);
    for (const part of parts) await markMoved(part.from, describe(to));
    const seconds = Math.round(performance.now() - begun) / 1000;
    const rows = copied.map(({ part, tables, rows }) => [part, String(tables), String(rows)]);
    const text = `${formatTable(rows, [1, 2])}\n${sayMigrated(formatNumber(seconds, 1, call.language()), call.language())}`;
    return { value: { parts: copied, seconds }, text };
  } finally {
    for (const { from, to } of parts) await Promise.all([from.close(), to.close()]);
    for (const lock of locks) lock.release();
  }
}

async function openPart(
  name: PartName,
  dataDir: string,
  settings: { from: DatabaseSetting; to: DatabaseSetting },
  log: Logger,
): Promise<Part> {
  const { file, schema, load } = PLACES[name];
  const path = join(dataDir, name, file);
  if (settings.from.engine === 'sqlite' && !isThere(path)) throw refuseEmpty(join(dataDir, name));
  const shared = { file: path, schema, migrations: await load(), log };
  const from = await openDatabase({
    ...shared,
    database: settings.from,
    upgrade: false,
    movedTo: describe(settings.to),
  });
  try {
    const to = await openDatabase({ ...shared, database: settings.to, copying: true });
    return { name, from, to };
  } catch (error) {
    await from.close();
    throw error;
  }
}

/** Without its password: it is told to whoever starts a server on what was moved there. */
function describe(setting: DatabaseSetting): string {
  if (setting.engine === 'sqlite') return 'sqlite';
  const { host, pathname } = new URL(setting.url);
  return `mysql://${host}${pathname}`;
}

function refuseEmpty(dir: string): MailError {
  return new MailError('unavailable', `nothing in ${dir}`, { reason: 'no-data', params: { dir } });
}

function nameTarget(error: unknown, part: PartName): unknown {
  if (!(error instanceof MailError) || error.code !== 'conflict') return error;
  const { reason, params } = error;
  return new MailError('conflict', error.message, {
    reason: reason ?? '',
    params: { ...params, part },
    cause: error,
  });
}

function every(ms: number, say: (rows: number) => void): (rows: number) => void {
  let last = Date.now();
  return (rows) => {
    if (Date.now() - last < ms) return;
    last = Date.now();
    say(rows);
  };
}
