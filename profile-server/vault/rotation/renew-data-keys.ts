import { reach } from '../../../server-kit/crash-point.ts';
import { sleep } from '../../../server-kit/repeat.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { renewDataKey } from '../keep-secret.ts';
import { CLAIM_LENGTH } from './move-rows.ts';
import { saveProgress, setRotationState, type RotationRecord } from './rotation-store.ts';
import { listUsersBehind } from './sealed-store.ts';

/** In one transaction. */
const BATCH = 25;
const REST = 15;

/** Gives each user another data key, from the one at which it stopped; each user's secrets move with his key or not at all. */
export async function renewDataKeys(server: ProfileContext, rotation: RotationRecord): Promise<void> {
  const { db, clock, stopping } = server;
  let place = rotation.place ?? '';
  while (!stopping.aborted) {
    const users = await listUsersBehind(db.read, place, BATCH);
    const last = users.at(-1);
    if (last === undefined) break;
    await db.write(async (tx) => {
      for (const user of users) await renewDataKey(server, tx, user);
      const until = clock.now() + CLAIM_LENGTH;
      await saveProgress(tx, rotation.id, { place: last, moved: users.length, until });
    });
    place = last;
    reach('rotation.batch');
    await sleep(REST, stopping);
  }
  if (stopping.aborted) return;
  await db.write(async (tx) => {
    const at = clock.now();
    if (!(await setRotationState(tx, rotation.id, { from: 'moving', to: 'done', endedAt: at }))) return;
    const entry = { actor: 'system', action: 'data-keys.renewed', subject: rotation.id, detail: {} };
    await appendAudit(tx, { at, ...entry });
  });
}
