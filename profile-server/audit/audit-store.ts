import { createHash } from 'node:crypto';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Reader, Writer } from '../../server-kit/database/database.ts';
import { readNumber, takeNumber } from '../counter-store.ts';

/** One act of an admin, or one use of a credential without a lease. Never a secret. */
export interface AuditEntry {
  at: number;
  /** Id of the user or part that acted; `system` for the server itself. */
  actor: string;
  action: string;
  /** What it was done to. */
  subject: string;
  detail: Record<string, string | number>;
}

interface AuditRow {
  seq: number;
  at: number;
  actor: string;
  action: string;
  subject: string;
  detail: string;
  hash: string;
}

const BATCH = 1000;

/** Each entry's hash covers the one before: a line that is changed or taken out later shows. */
export async function appendAudit(tx: Writer, entry: AuditEntry): Promise<void> {
  const seq = await takeNumber(tx, 'audit');
  const before = await tx.get<{ hash: string }>('SELECT hash FROM audit WHERE seq = ?', [seq - 1]);
  const row = { ...entry, seq, detail: JSON.stringify(entry.detail) };
  await tx.run(
    'INSERT INTO audit (seq, at, actor, action, subject, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [seq, row.at, row.actor, row.action, row.subject, row.detail, hashRow(before?.hash ?? '', row)],
  );
}

/** The first sequence number at which the chain is broken or a line missing; null when it is whole. */
export async function verifyAudit(reader: Reader): Promise<number | null> {
  // Entries come while it is read: as many as there were before have to stand there, and no more than there are after.
  const least = await readNumber(reader, 'audit');
  let previous = '';
  let expected = 1;
  for (;;) {
    const rows = await reader.all<AuditRow>(
      `SELECT seq, at, actor, action, subject, detail, hash FROM audit WHERE seq >= ? ORDER BY seq LIMIT ${BATCH}`,
      [expected],
    );
    for (const row of rows) {
      if (row.seq !== expected || row.hash !== hashRow(previous, row)) return expected;
      previous = row.hash;
      expected += 1;
    }
    if (rows.length < BATCH) break;
    await yieldToOthers();
  }
  const last = expected - 1;
  return least <= last && last <= (await readNumber(reader, 'audit')) ? null : expected;
}

function hashRow(previous: string, row: Omit<AuditRow, 'hash'>): string {
  const { seq, at, actor, action, subject, detail } = row;
  return createHash('sha256')
    .update(JSON.stringify([previous, seq, at, actor, action, subject, detail]))
    .digest('base64url');
}
