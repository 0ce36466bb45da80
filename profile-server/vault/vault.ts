import { hostname } from 'node:os';
import type { Clock, Millis } from '../../common/time.ts';
import type { Database, Writer } from '../../server-kit/database/database.ts';
import type { KeySource } from './master/key-source.ts';
import { openMasterKey, readRoot } from './master/open-master-key.ts';
import { refuseMasterKey, type KeyRing } from './master-key.ts';
import type { PersonalKey } from './personal/open-keys.ts';
import { makeOwnProcess, proveProcess, type OwnProcess } from './process/own-process.ts';
import { removeOtherProcesses, removeProcess, saveProcess } from './process/process-store.ts';
import { findOpenRotation, lockRotations } from './rotation/rotation-store.ts';

/** What this process holds of the vault. */
export interface Vault {
  ring: KeyRing;
  source: KeySource;
  process: OwnProcess;
  /** Personal keys with which something may still be kept, by user; see `lendKey`. */
  lent: Map<string, PersonalKey>;
  /** Since when the ring seals with the key that it seals with now. */
  sealsSince: Millis;
}

interface Tools {
  db: Database;
  clock: Clock;
  random: (size: number) => Uint8Array;
}

/**
 * Opens the master key and joins the processes that work with it. MailError `usage` or `unavailable`
 * (`wrong-master-key`), also where rows are moving to a key that is not known here.
 */
export async function openVault(tools: Tools, source: KeySource): Promise<Vault> {
  const { db, clock, random } = tools;
  const ring = await openMasterKey(db, source, random);
  const vault: Vault = {
    ring,
    source,
    process: makeOwnProcess(random),
    lent: new Map(),
    sealsSince: clock.now(),
  };
  await db.write(async (tx) => {
    // Rows do not begin to move between the look and the joining.
    await lockRotations(tx);
    const rotation = await findOpenRotation(tx, 'master');
    if (rotation?.state === 'moving' && !ring.knows(rotation.to_key)) throw refuseMasterKey();
    if (tx.engine === 'sqlite') await removeOtherProcesses(tx, vault.process.id);
    await announce(tx, vault, clock.now());
  });
  await readRoot(db, ring);
  return vault;
}

/** That this process lives, and which keys it has. */
export async function announce(tx: Writer, vault: Vault, now: Millis): Promise<void> {
  const { ring, process: own, sealsSince } = vault;
  await saveProcess(tx, {
    id: own.id,
    place: `${hostname().slice(0, 150)}:${process.pid}`,
    public_key: own.publicKey,
    proof: proveProcess(ring, own),
    knows: ring.ids.join(' '),
    seals_with: ring.sealing,
    seals_since: sealsSince,
    seen_at: now,
  });
}

/** No rotation waits for this process any more. */
export async function leaveVault({ db, vault }: Pick<Tools, 'db'> & { vault: Vault }): Promise<void> {
  await db.write(async (tx) => await removeProcess(tx, vault.process.id));
}
