import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { DatabaseSetting } from '../../server-kit/database/database.ts';

/** Every byte of it (with SQLite's write-ahead log), as latin1, so that binary columns are searched too. */
export async function dumpDatabase(setting: DatabaseSetting, dataDir: string): Promise<string> {
  if (setting.engine === 'sqlite') {
    const files = readdirSync(dataDir).filter((name) => name.startsWith('profile.sqlite'));
    return files.map((name) => readFileSync(join(dataDir, name), 'latin1')).join('');
  }
  const server = new URL(setting.url);
  const connection = await createConnection({
    host: server.hostname,
    port: Number(server.port),
    user: server.username,
    database: `${server.pathname.slice(1)}_profile`,
  });
  try {
    const [tables] = await connection.query('SHOW TABLES');
    let dump = '';
    for (const table of tables as Record<string, string>[]) {
      const [rows] = await connection.query(`SELECT * FROM \`${Object.values(table)[0]}\``);
      for (const value of (rows as object[]).flatMap((row) => Object.values(row) as unknown[])) {
        dump += `${Buffer.isBuffer(value) ? value.toString('latin1') : String(value)}\n`;
      }
    }
    return dump;
  } finally {
    await connection.end();
  }
}
