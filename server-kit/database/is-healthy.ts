import type { Logger } from '../log.ts';
import type { Database } from './database.ts';

/** For /health: whether the database answers a read; a failure is logged with its cause. */
export async function isHealthy(database: Database, log: Logger): Promise<boolean> {
  try {
    await database.read.get('SELECT 1 AS one');
    return true;
  } catch (error) {
    log.warn('health.database', { error });
    return false;
  }
}
