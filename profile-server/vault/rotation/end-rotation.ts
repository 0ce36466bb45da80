import { writeSecretFile } from '../../../server-kit/auth/part-key.ts';
import { reach } from '../../../server-kit/crash-point.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { nameMasterKey } from '../master-key.ts';
import { findRoot, ROOT_ID } from '../master/root-store.ts';
import { lockRotations, setRotationState, type RotationRecord } from './rotation-store.ts';
import { SEALED_KINDS } from './sealed-kinds.ts';
import { replaceSealed } from './sealed-store.ts';

/** The root secret is the last to move: with it the new key is the one of the database. */
export async function endRotation(server: ProfileContext, rotation: RotationRecord): Promise<void> {
  reach('rotation.moved');
  const { ring } = server.vault;
  const aad = ['root', String(ROOT_ID)];
  await server.db.write(async (tx) => {
    await lockRotations(tx);
    const at = server.clock.now();
    if (!(await setRotationState(tx, rotation.id, { from: 'moving', to: 'done', endedAt: at }))) return;
    const sealed = await findRoot(tx);
    if (sealed === undefined) throw new Error('the root secret is gone');
    const row = { key: [String(ROOT_ID)], aad: [], sealed };
    await replaceSealed(tx, SEALED_KINDS.root, row, ring.seal(ring.unseal(sealed, aad), aad));
    const detail = { from: rotation.from_key, to: rotation.to_key };
    await appendAudit(tx, {
      at,
      actor: 'system',
      action: 'master-key.rotated',
      subject: rotation.id,
      detail,
    });
  });
  reach('rotation.ended');
  server.log.info('rotation.done', { rotation: rotation.id, key: rotation.to_key });
}

/**
 * Takes the old key out of the file, where the file is ours to write: it opens nothing any more but copies of the database
 * from before, for which it is kept beside it.
 */
export async function retireKey(server: ProfileContext, rotation: RotationRecord): Promise<void> {
  const { source } = server.vault;
  if (source.write === null || source.path === null) return;
  try {
    const keys = await source.read();
    const old = keys.find((key) => nameMasterKey(key) === rotation.from_key);
    if (old === undefined || keys.length === 1) return;
    await writeSecretFile(`${source.path}.retired-${rotation.from_key}`, `${old.toString('base64')}\n`);
    await source.write(keys.filter((key) => key !== old));
  } catch (error) {
    // A file that only operators may write: they take the line out.
    server.log.warn('rotation.key-left', { file: source.path, key: rotation.from_key, error });
  }
}
