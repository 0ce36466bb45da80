import { MINUTE, SECOND } from '../../../common/time.ts';
import type { ProfileContext } from '../../context.ts';
import { settleWithin, tellSettled } from './settle-user.ts';
import { listUnsettled, setAside, takeUpAgain } from '../unsettled-store.ts';

/** In one transaction: few enough that nobody who signs in meanwhile notices. */
const BATCH = 10;
/** A client renews its token within this, so who was not seen for longer is not here. */
const HERE = 20 * MINUTE;
/** Another process may have changed a layer, and users are added without a word. */
const LOOK_AGAIN = 2 * SECOND;

/**
 * Goes through all users whom a change of layers or policies concerns: who is signed in first. Each is marked in the
 * database until he is done, so a restart goes on where it was. The returned function stops it.
 */
export function startSettling(server: ProfileContext): () => Promise<void> {
  const listener = server.hints.listen('unsettled');
  const run = async (): Promise<void> => {
    await server.db.write(takeUpAgain).catch((error: unknown) => logFailure(server, error, null));
    while (!server.stopping.aborted) {
      const count = await settleSome(server).catch((error: unknown) => logFailure(server, error, null));
      if (count === 0) await listener.next(LOOK_AGAIN, server.stopping);
      // Others have their turn between two transactions.
      else await new Promise((resolve) => setImmediate(resolve));
    }
    listener.close();
  };
  const running = run();
  return async () => await running;
}

/** How many it went through. */
async function settleSome(server: ProfileContext): Promise<number> {
  const { db, clock } = server;
  const users = await listUnsettled(db.read, clock.now() - HERE, BATCH);
  if (users.length === 0) return 0;
  try {
    await settleTogether(server, users);
  } catch (error) {
    logFailure(server, error, null);
    for (const user of users) await settleOrSetAside(server, user);
  }
  return users.length;
}

async function settleTogether(server: ProfileContext, users: readonly string[]): Promise<void> {
  const settled = await server.db.write(async (tx) => await settleWithin(server, tx, users));
  tellSettled(server, settled);
}

async function settleOrSetAside(server: ProfileContext, user: string): Promise<void> {
  try {
    await settleTogether(server, [user]);
  } catch (error) {
    logFailure(server, error, user);
    await server.db.write(async (tx) => await setAside(tx, user));
  }
}

function logFailure(server: ProfileContext, error: unknown, user: string | null): number {
  if (!server.stopping.aborted) server.log.error('layer.settle-failed', { error, user });
  return 0;
}
