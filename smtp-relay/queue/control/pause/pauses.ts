import { SECOND } from '../../../../common/time.ts';
import type { Database } from '../../../../server-kit/database/database.ts';
import type { Logger } from '../../../../server-kit/log.ts';
import type { Paused } from '../../schedule/paused.ts';
import { EVERYTHING } from './pause-rule.ts';
import { listPauses, type Pause } from './pause-store.ts';

/** Another relay on the same database may have been told: every relay knows within two seconds. */
const LOOK_AGAIN = 1.5 * SECOND;

/** What is paused, as the scheduler asks for it before each claim. */
export interface Pauses {
  current(): Paused;
  /** Reads it anew: after a change made here. */
  refresh(): Promise<void>;
  stop(): void;
}

/** `onResume` when something goes on: what waited is due now. Rejects when the database cannot be read. */
export async function startPauses(options: {
  database: Database;
  log: Logger;
  onResume: () => void;
}): Promise<Pauses> {
  const { database, log } = options;
  let known: readonly Pause[] = [];
  let paused = toPaused(known);

  const refresh = async (): Promise<void> => {
    const before = known;
    known = await listPauses(database.read);
    paused = toPaused(known);
    if (before.some(({ scope }) => !known.some((pause) => pause.scope === scope))) options.onResume();
  };
  await refresh();
  const look = (): void => {
    refresh().catch((error: unknown) => log.warn('pause.read-failed', { error }));
  };
  // SQLite belongs to this relay alone.
  const looking = database.engine === 'mysql' ? setInterval(look, LOOK_AGAIN) : null;
  return {
    current: () => paused,
    refresh,
    stop: () => {
      if (looking !== null) clearInterval(looking);
    },
  };
}

function toPaused(pauses: readonly Pause[]): Paused {
  const scopes = pauses.map(({ scope }) => scope);
  return {
    all: scopes.includes(EVERYTHING),
    destinations: new Set(scopes.filter((scope) => scope !== EVERYTHING)),
  };
}
