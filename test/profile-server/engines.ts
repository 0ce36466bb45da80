import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import type { Database, DatabaseSetting } from '../../server-kit/database/database.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { migrations } from '../../profile-server/migrations/migrations.ts';
import { missingComponent } from '../harness/component.ts';
import { type Mariadb, startMariadb } from '../harness/mariadb.ts';
import { makeTempDir } from '../harness/tempdir.ts';

export interface EngineUnderTest {
  /** A setting for a database nobody has used yet. */
  setting(): DatabaseSetting;
  /** An empty database with our tables; closed by the suite. */
  open(): Promise<Database>;
}

/** Runs the same suite on SQLite and on MariaDB; without MariaDB says what is missing. */
export function onBothEngines(name: string, suite: (engine: EngineUnderTest) => void): void {
  describe(`${name} (sqlite)`, () => {
    suite(makeEngine(() => ({ engine: 'sqlite' })));
  });
  describe(`${name} (mariadb)`, { skip: missingComponent('mariadbd') }, () => {
    let server: Mariadb;
    let count = 0;
    before(async () => {
      server = await startMariadb();
    });
    after(async () => await server.stop());
    suite(makeEngine(() => ({ engine: 'mysql', url: server.url(`t${++count}`) })));
  });
}

function makeEngine(setting: () => DatabaseSetting): EngineUnderTest {
  const dir = makeTempDir('profile-store');
  const opened: Database[] = [];
  let count = 0;
  after(async () => {
    for (const database of opened) await database.close();
    dir.remove();
  });
  return {
    setting,
    open: async () => {
      const file = join(dir.path, `${++count}.sqlite`);
      const database = await openDatabase({
        database: setting(),
        file,
        schema: 'profile',
        migrations,
        log: silentLogger,
      });
      opened.push(database);
      return database;
    },
  };
}
