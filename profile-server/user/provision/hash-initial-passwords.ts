import { SECOND } from '../../../common/time.ts';
import type { ProfileContext } from '../../context.ts';
import { openInitialPassword, settleInitialPassword } from './initial-password.ts';
import { listInitialPasswords, type InitialPassword } from './initial-password-store.ts';

/** So many wait for the hasher together, so that no core rests while there are some. */
const AT_ONCE = 4;
const BATCH = 200;
/** A hint may come from another profile-server on the same database, which cannot hint us. */
const LOOK_AGAIN = 15 * SECOND;

/**
 * Hashes first passwords behind those who sign in, one after the other, also those that a process before this one left.
 * The returned function ends it after the ones under way.
 */
export function startHashingInitialPasswords(server: ProfileContext): () => Promise<void> {
  const running = run(server).catch((error: unknown) =>
    server.log.error('initial-passwords.failed', { error }),
  );
  return async () => await running;
}

async function run(server: ProfileContext): Promise<void> {
  const listener = server.hints.listen('initial-password');
  try {
    while (!server.stopping.aborted) {
      const waiting = await listInitialPasswords(server.db.read, BATCH);
      if (waiting.length === 0) await listener.next(LOOK_AGAIN, server.stopping);
      else if (!(await hashAll(server, waiting))) await listener.next(LOOK_AGAIN, server.stopping);
    }
  } finally {
    listener.close();
  }
}

/** False when one of them could not be: what cannot be opened now must not turn in circles. */
async function hashAll(server: ProfileContext, waiting: readonly InitialPassword[]): Promise<boolean> {
  const left = [...waiting];
  let well = true;
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined && !server.stopping.aborted; next = left.shift()) {
      try {
        const phc = await server.passwords.hash(openInitialPassword(server, next), { background: true });
        await settleInitialPassword(server, next.user, phc);
      } catch (error) {
        well = false;
        server.log.error('initial-password.failed', { user: next.user, error });
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return well;
}
