import Sqlite from 'better-sqlite3';

/** Nothing more becomes due: argv FILE. A process of its own, so that what this costs is nobody's poll. */
const [file = ''] = process.argv.slice(2);
const database = new Sqlite(file, { timeout: 60_000 });
database.exec('UPDATE poll SET next_at = NULL WHERE account NOT IN (SELECT account FROM lease)');
database.pragma('wal_checkpoint(PASSIVE)');
database.close();
