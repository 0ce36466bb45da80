import { after, before, describe } from 'node:test';
import { migrations } from '../../profile-server/migrations/migrations.ts';
import type { Database, DatabaseSetting } from '../../server-kit/database/database.ts';
import { ENGINES, missingEngine, startEngine, type TestEngine } from '../harness/engines.ts';

export interface EngineUnderTest {
  /** A setting for a database nobody has used yet. */
  setting(): DatabaseSetting;
  /** An empty database with our tables; closed by the suite. */
  open(): Promise<Database>;
}

/** Runs the same suite on SQLite and on MariaDB; without MariaDB says what is missing. */
export function onBothEngines(name: string, suite: (engine: EngineUnderTest) => void): void {
  for (const engine of ENGINES) {
    describe(`${name} (${engine})`, { skip: missingEngine(engine) }, () => {
      let running: TestEngine;
      const opened: Database[] = [];
      before(async () => {
        running = await startEngine(engine);
      });
      after(async () => {
        for (const database of opened) await database.close();
        await running.stop();
      });
      suite({
        setting: () => running.setting(),
        open: async () => {
          const database = await running.open(migrations);
          opened.push(database);
          return database;
        },
      });
    });
  }
}
