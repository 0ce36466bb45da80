import { join } from 'node:path';
import type { Database, DatabaseSetting, Engine, Migration } from '../../server-kit/database/database.ts';
import { openDatabase } from '../../server-kit/database/open.ts';
import { silentLogger } from '../../server-kit/log.ts';
import { missingComponent } from './component.ts';
import { startMariadb } from './mariadb.ts';
import { makeTempDir } from './tempdir.ts';

/** Why a suite on that engine cannot run here, or false. */
export function missingEngine(engine: Engine): string | false {
  return engine === 'mysql' ? missingComponent('mariadbd') : false;
}

export interface TestEngine {
  /** A setting for a database that nobody has used yet. */
  setting(): DatabaseSetting;
  /** An empty database with these migrations run. */
  open(migrations: readonly Migration[]): Promise<Database>;
  stop(): Promise<void>;
}

export const ENGINES: readonly Engine[] = ['sqlite', 'mysql'];

/** The same store suite runs on both: `for (const engine of ENGINES) describe(…, { skip: missingEngine(engine) }, …)`. */
export async function startEngine(engine: Engine): Promise<TestEngine> {
  const directory = makeTempDir(`engine-${engine}`);
  const server = engine === 'mysql' ? await startMariadb() : null;
  let count = 0;
  const setting = (): DatabaseSetting => {
    count += 1;
    return server === null ? { engine: 'sqlite' } : { engine: 'mysql', url: server.url(`t${count}`) };
  };
  return {
    setting,
    open: async (migrations) => {
      const database = setting();
      const file = join(directory.path, `${count}.sqlite`);
      return await openDatabase({ database, file, schema: 'test', migrations, log: silentLogger });
    },
    stop: async () => {
      await server?.stop();
      directory.remove();
    },
  };
}
