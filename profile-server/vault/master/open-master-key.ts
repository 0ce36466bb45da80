import type { Database } from '../../../server-kit/database/database.ts';
import { listSigningKeys } from '../../session/signing/signing-key-store.ts';
import { KeyRing, nameMasterKey, readKeyId, refuseMasterKey } from '../master-key.ts';
import { findOpenRotation } from '../rotation/rotation-store.ts';
import type { KeySource } from './key-source.ts';
import { ROOT_ID, addRoot, findRoot } from './root-store.ts';

const ROOT_AAD = ['root', String(ROOT_ID)];

/**
 * The keys of the source, of which the database's own one seals. A new database gets a root secret; in one from before
 * there was any, the key was its own root, and stays it: refresh tokens and app passwords hang on it. MailError
 * `unavailable` (`wrong-master-key`) where a key is missing under which something stands.
 */
export async function openMasterKey(
  db: Database,
  source: KeySource,
  random: (size: number) => Uint8Array,
): Promise<KeyRing> {
  const ring = new KeyRing(random);
  const [newest] = await listSigningKeys(db.read);
  const keys = await source.read();
  // A database that has been sealed before wants its own key back, not a new one.
  if (keys.length === 0 && (newest !== undefined || source.write === null)) throw refuseMasterKey();
  if (keys.length === 0) {
    const made = Buffer.from(random(32));
    await source.write?.([made]);
    keys.push(made);
  }
  for (const key of keys) ring.add(key);
  if ((await findRoot(db.read)) === undefined) {
    const root = newest === undefined ? random(32) : findOldRoot(keys, newest, random);
    const old = newest === undefined ? null : nameMasterKey(root);
    if (old !== null) ring.sealWith(old);
    const sealed = ring.seal(root, ROOT_AAD);
    await db.write(async (tx) => await addRoot(tx, sealed));
  }
  await readRoot(db, ring);
  return ring;
}

/** What the database says now: the root, and which key seals. MailError `unavailable` (`wrong-master-key`). */
export async function readRoot(db: Database, ring: KeyRing): Promise<void> {
  // In this order: a rotation that ends between them has moved the root before it ended.
  const rotation = await findOpenRotation(db.read, 'master');
  const sealed = await findRoot(db.read);
  if (sealed === undefined) throw new Error('the root secret is gone');
  ring.setRoot(ring.unseal(sealed, ROOT_AAD));
  const current = readKeyId(sealed);
  const sealing = rotation?.state === 'moving' ? rotation.to_key : current;
  if (sealing !== null) ring.sealWith(sealing);
}

/** The key under which everything stands already. */
function findOldRoot(
  keys: readonly Buffer[],
  { kid, sealed }: { kid: string; sealed: Buffer },
  random: (size: number) => Uint8Array,
): Buffer {
  const found = keys.find((key) => {
    const ring = new KeyRing(random);
    ring.add(key);
    try {
      ring.unseal(sealed, ['signing_key', kid]);
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw refuseMasterKey();
  return found;
}
