import { MailError } from '../../../common/errors.ts';
import { makeId } from '../../../common/ids.ts';
import { reach } from '../../../server-kit/crash-point.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { readKeysOf } from '../master/key-source.ts';
import { nameMasterKey } from '../master-key.ts';
import {
  addRotation,
  findOpenRotation,
  lockRotations,
  setRotationState,
  type RotationKind,
  type RotationRecord,
} from './rotation-store.ts';

/**
 * Begins to move everything to another master key: that of `newKeyFile`, else the second one of the file or command, else
 * (in the data directory) a new one. Answers the one that is under way when there is one. MailError `usage` with reason
 * `master-key-…` says what the operator has to do.
 */
export async function beginMasterRotation(
  server: ProfileContext,
  newKeyFile: string | null,
): Promise<RotationRecord> {
  const running = await findOpenRotation(server.db.read, 'master');
  if (running !== undefined) return running;
  const { ring } = server.vault;
  const from = ring.sealing;
  const to = await chooseKey(server, from, newKeyFile);
  return await addOnce(server, 'master', { from_key: from, to_key: to, state: 'waiting' });
}

/** Begins to give each user another data key. */
export async function beginDataRotation(server: ProfileContext): Promise<RotationRecord> {
  const key = server.vault.ring.sealing;
  return await addOnce(server, 'data', { from_key: key, to_key: key, state: 'moving' });
}

/** Only while nothing has moved yet. False when there is nothing to cancel. */
export async function cancelRotation(server: ProfileContext): Promise<boolean> {
  return await server.db.write(async (tx) => {
    const rotation = await findOpenRotation(tx, 'master');
    if (rotation?.state !== 'waiting') return false;
    const at = server.clock.now();
    const change = { from: 'waiting', to: 'cancelled', endedAt: at } as const;
    if (!(await setRotationState(tx, rotation.id, change))) return false;
    await appendAudit(tx, {
      at,
      actor: 'system',
      action: 'master-key.cancel',
      subject: rotation.id,
      detail: {},
    });
    return true;
  });
}

async function chooseKey(server: ProfileContext, from: string, newKeyFile: string | null): Promise<string> {
  const { ring, source } = server.vault;
  const known = await source.read();
  const others = known.filter((key) => nameMasterKey(key) !== from);
  if (newKeyFile === null && others.length === 1) return ring.add(others[0] as Buffer);
  if (newKeyFile === null && !source.own) throw refuse('master-key-new');
  const given =
    newKeyFile === null ? [Buffer.from(server.random(32))] : await readKeysOf(newKeyFile, server.log);
  const [key] = given;
  if (key === undefined || given.length > 1) throw refuse('master-key-new');
  const id = nameMasterKey(key);
  if (id === from) throw refuse('master-key-same');
  if (!known.some((one) => one.equals(key))) {
    // From here on a restart at any moment finds both.
    if (source.write === null) throw refuse('master-key-source');
    try {
      await source.write([...known, key]);
    } catch (error) {
      throw refuse('master-key-source', error);
    }
  }
  reach('rotation.key-kept');
  return ring.add(key);
}

async function addOnce(
  server: ProfileContext,
  kind: RotationKind,
  begun: Pick<RotationRecord, 'from_key' | 'to_key' | 'state'>,
): Promise<RotationRecord> {
  const rotation = await server.db.write(async (tx) => {
    await lockRotations(tx);
    const other = await findOpenRotation(tx, kind);
    if (other !== undefined) return other;
    const at = server.clock.now();
    const id = makeId('rot', server.random);
    const none = { place: null, moved: 0, ended_at: null, worker: null, worker_until: 0 };
    const made: RotationRecord = { id, kind, ...begun, ...none, began_at: at };
    await addRotation(tx, made);
    const detail = { kind, from: begun.from_key, to: begun.to_key };
    await appendAudit(tx, { at, actor: 'system', action: 'master-key.rotate', subject: id, detail });
    return made;
  });
  server.hints.give('rotation');
  return rotation;
}

function refuse(reason: string, cause?: unknown): MailError {
  return new MailError('usage', `the master key cannot be rotated: ${reason}`, {
    reason,
    field: 'new-key-file',
    ...(cause === undefined ? {} : { cause }),
  });
}
