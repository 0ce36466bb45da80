import type { RecipientStatus } from '../../common/shapes/status.ts';
import type { Database, Writer } from '../../server-kit/database/database.ts';
import type { CopyNews } from '../copy/copy.ts';
import { releaseCopy } from '../copy/copy-release-store.ts';
import type { Result } from './result.ts';

export interface NewResult {
  /** The id under which it is queued. */
  mail: string;
  user: string;
  sendKey: string;
  kind: Result['kind'];
  /** JSON of a RecipientStatus, or the base64 of a DSN. */
  body: string;
}

/** Appends to the outbox of `home` inside the caller's transaction, under the next numbers. */
export async function appendResults(tx: Writer, home: string, results: readonly NewResult[]): Promise<void> {
  if (results.length === 0) return;
  await tx.run(
    tx.engine === 'mysql'
      ? 'INSERT INTO home (id, seq) VALUES (?, ?) ON DUPLICATE KEY UPDATE seq = seq + VALUES(seq)'
      : 'INSERT INTO home (id, seq) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET seq = seq + excluded.seq',
    [home, results.length],
  );
  const row = await tx.get<{ seq: number }>('SELECT seq FROM home WHERE id = ?', [home]);
  let seq = (row?.seq ?? results.length) - results.length;
  for (const { mail, user, sendKey, kind, body } of results) {
    seq += 1;
    await tx.run(
      'INSERT INTO result (home, seq, mail, user, send_key, kind, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [home, seq, mail, user, sendKey, kind, body],
    );
  }
}

interface ResultRow {
  seq: number;
  mail: string | null;
  user: string;
  send_key: string;
  kind: Result['kind'];
  body: string;
}

/** The oldest results of `home` after `ack`, about `maxBytes` of them and at least one. */
export async function readResults(
  database: Database,
  home: string,
  ack: number,
  maxBytes: number,
): Promise<Result[]> {
  const rows = await database.read.all<ResultRow>(
    'SELECT seq, mail, user, send_key, kind, body FROM result WHERE home = ? AND seq > ? ORDER BY seq LIMIT 200',
    [home, ack],
  );
  const results: Result[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += row.body.length;
    if (results.length > 0 && bytes > maxBytes) break;
    results.push(toResult(row));
  }
  return results;
}

function toResult(row: ResultRow): Result {
  const base = { seq: row.seq, queueId: row.mail, user: row.user, sendKey: row.send_key };
  if (row.kind === 'dsn') return { ...base, kind: 'dsn', raw: row.body };
  return row.kind === 'copy'
    ? { ...base, kind: 'copy', ...(JSON.parse(row.body) as CopyNews) }
    : { ...base, kind: 'recipient', recipient: JSON.parse(row.body) as RecipientStatus };
}

/**
 * Drops what the home says is durable there. An `ack` beyond what was ever given out comes from
 * before this database was lost or restored: it is not about these results, and nothing is dropped.
 */
export async function dropResults(database: Database, home: string, ack: number): Promise<number> {
  if (ack === 0) return 0;
  const last = await readLastSeq(database, home);
  if (ack > last) return 0;
  const first = await database.read.get<{ seq: number }>(
    'SELECT seq FROM result WHERE home = ? AND seq <= ? LIMIT 1',
    [home, ack],
  );
  if (first !== undefined) {
    await database.write(async (tx) => {
      const copies = await tx.all<{ body: string }>(
        "SELECT body FROM result WHERE home = ? AND seq <= ? AND kind = 'copy'",
        [home, ack],
      );
      for (const { body } of copies) await releaseCopy(tx, (JSON.parse(body) as CopyNews).queueId);
      await tx.run('DELETE FROM result WHERE home = ? AND seq <= ?', [home, ack]);
    });
  }
  return ack;
}

async function readLastSeq(database: Database, home: string): Promise<number> {
  const row = await database.read.get<{ seq: number }>('SELECT seq FROM home WHERE id = ?', [home]);
  return row?.seq ?? 0;
}
