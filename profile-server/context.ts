import type { Clock } from '../common/time.ts';
import type { Database } from '../server-kit/database/database.ts';
import type { Logger } from '../server-kit/log.ts';

/** Everything long-lived of this part, made once in server.ts. */
export interface ProfileContext {
  db: Database;
  clock: Clock;
  random: (size: number) => Uint8Array;
  log: Logger;
}
