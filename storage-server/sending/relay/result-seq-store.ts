import type { Database, Writer } from '../../../server-kit/database/database.ts';

/** Up to which result of this outbox everything is durable here; 0 for one never heard of. */
export async function readResultSeq(db: Database, outbox: string): Promise<number> {
  const row = await db.read.get<{ seq: number }>('SELECT seq FROM relay_results WHERE relay = ?', [outbox]);
  return row?.seq ?? 0;
}

export async function writeResultSeq(tx: Writer, outbox: string, seq: number): Promise<void> {
  await tx.run(
    tx.engine === 'mysql'
      ? 'INSERT INTO relay_results (relay, seq) VALUES (?, ?) ON DUPLICATE KEY UPDATE seq = VALUES(seq)'
      : 'INSERT INTO relay_results (relay, seq) VALUES (?, ?) ON CONFLICT (relay) DO UPDATE SET seq = excluded.seq',
    [outbox, seq],
  );
}
