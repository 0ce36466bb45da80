import type { Database } from '../../../server-kit/database/database.ts';

/** What the engine itself says of the database; empty when it is whole. */
export async function findDatabaseDamage(db: Database): Promise<string[]> {
  if (db.engine === 'sqlite') {
    const rows = await db.read.all<{ integrity_check: string }>('PRAGMA integrity_check(20)');
    return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  }
  const tables = await db.read.all<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await db.read.all<{ Msg_type: string; Msg_text: string }>(`CHECK TABLE \`${name}\` QUICK`);
    const bad = rows.filter(({ Msg_type }) => Msg_type === 'error' || Msg_type === 'warning');
    found.push(...bad.map(({ Msg_text }) => `${name}: ${Msg_text}`));
  }
  return found;
}

/** Gives back the room of what was deleted. Nobody else may use the database. */
export async function packDatabase(db: Database): Promise<void> {
  if (db.engine === 'sqlite') return;
  const tables = await db.read.all<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  for (const { name } of tables) await db.read.all(`OPTIMIZE TABLE \`${name}\``);
}
