import type { ProfileContext } from '../../context.ts';
import { isProven, sealFor } from '../process/own-process.ts';
import { ALIVE_FOR } from '../process/process-store.ts';
import { aadOfOpened } from './open-keys.ts';
import { listUnshared, saveOpenedKey } from './personal-key-store.ts';

/** A profile-server that was started later gets what is open here, so that polls by way of it do not stop until the next refresh. */
export async function shareOpened(server: ProfileContext): Promise<void> {
  const { db, clock, random, vault } = server;
  const now = clock.now();
  const own = vault.process;
  const missing = await listUnshared(db.read, own.id, { now, seenAfter: now - ALIVE_FOR });
  const shared = missing
    .filter((one) => isProven(vault.ring, { id: one.to_id, public_key: one.public_key, proof: one.proof }))
    .map(({ session, user, sealed, expires_at, key_id, to_id, public_key }) => {
      const aad = aadOfOpened({ session, user, key: key_id });
      const again = sealFor(public_key, own.open(sealed, aad), aad, random);
      return { session, process: to_id, user, sealed: again, expires_at };
    });
  if (shared.length === 0) return;
  await db.write(async (tx) => {
    for (const one of shared) await saveOpenedKey(tx, one);
  });
}
