import type { Database, Writer } from '../../../server-kit/database/database.ts';

/** Up to which result of this relay, or of the outbox it has with others, everything is durable here; null for one never heard of. */
export async function readResultSeq(db: Database, relay: string): Promise<number | null> {
  const row = await db.read.get<{ seq: number }>('SELECT seq FROM relay_results WHERE relay = ?', [relay]);
  return row?.seq ?? null;
}

export async function writeResultSeq(tx: Writer, relay: string, seq: number): Promise<void> {
  await tx.run(
    tx.engine === 'mysql'
      ? 'INSERT INTO relay_results (relay, seq) VALUES (?, ?) ON DUPLICATE KEY UPDATE seq = VALUES(seq)'
      : 'INSERT INTO relay_results (relay, seq) VALUES (?, ?) ON CONFLICT (relay) DO UPDATE SET seq = excluded.seq',
    [relay, seq],
  );
}
