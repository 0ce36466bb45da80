import { join } from 'node:path';
import { z } from 'zod';
import { MailError } from '../../../common/errors.ts';
import { formatTime } from '../../../common/time.ts';
import { takeOperatorJobs } from '../../../server-kit/operator-jobs.ts';
import type { ProfileContext } from '../../context.ts';
import { listProcesses } from '../process/process-store.ts';
import { beginDataRotation, beginMasterRotation, cancelRotation } from './begin-rotation.ts';
import { listIgnorant } from './rotation-rule.ts';
import { findOpenRotation, listRotations, type RotationRecord } from './rotation-store.ts';

const job = z.discriminatedUnion('do', [
  z.object({ do: z.literal('rotate'), newKeyFile: z.string().max(4096).nullable() }),
  z.object({ do: z.literal('renew-data-keys') }),
  z.object({ do: z.literal('cancel') }),
  z.object({ do: z.literal('status') }),
]);

/** A rotation as operators see it. */
export interface RotationView {
  id: string;
  kind: RotationRecord['kind'];
  from: string;
  to: string;
  state: RotationRecord['state'];
  moved: number;
  beganAt: string;
  endedAt: string | null;
}

export interface VaultStatus {
  /** Id of the master key that seals now. */
  key: string;
  /** Newest first. */
  rotations: RotationView[];
  /** What runs on this database, and whether a rotation waits for it to learn the new key. */
  processes: { place: string; knows: string[]; waitedFor: boolean }[];
}

/** Does what `valija master-key` lays into the data directory: whoever may write there could read the key. Returns how to end it. */
export function takeVaultJobs(server: ProfileContext, dataDir: string): () => Promise<void> {
  return takeOperatorJobs(join(dataDir, 'rotating'), server.log, async (given) => {
    const asked = job.parse(given);
    if (asked.do === 'rotate') return viewRotation(await beginMasterRotation(server, asked.newKeyFile));
    if (asked.do === 'renew-data-keys') return viewRotation(await beginDataRotation(server));
    if (asked.do === 'cancel' && !(await cancelRotation(server))) {
      throw new MailError('conflict', 'no rotation waits', { reason: 'master-key-moving' });
    }
    return await readVaultStatus(server);
  });
}

async function readVaultStatus(server: ProfileContext): Promise<VaultStatus> {
  const { db, clock, vault } = server;
  const open = await findOpenRotation(db.read, 'master');
  const processes = await listProcesses(db.read, db.engine === 'sqlite' ? 0 : clock.now());
  const ignorant = open === undefined ? [] : listIgnorant(processes, open);
  return {
    key: vault.ring.sealing,
    rotations: (await listRotations(db.read)).map(viewRotation),
    processes: processes.map((one) => ({
      place: one.place,
      knows: one.knows.split(' '),
      waitedFor: ignorant.includes(one),
    })),
  };
}

function viewRotation(rotation: RotationRecord): RotationView {
  const { id, kind, from_key: from, to_key: to, state, moved, began_at, ended_at } = rotation;
  return { id, kind, from, to, state, moved, beganAt: formatTime(began_at), endedAt: formatTime(ended_at) };
}
