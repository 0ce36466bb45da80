import type { WaitingSend } from '../../../common/shapes/status.ts';
import { demandStatus } from '../status/read-status.ts';
import type { SendingCore } from '../sending-core.ts';
import { listHeld } from './waiting-store.ts';

/** What is held or scheduled, from whichever PC, the next first; without what was thrown away, which is not sent. */
export async function listWaiting(
  core: Pick<SendingCore, 'clock' | 'db' | 'mails'>,
  user: string,
): Promise<WaitingSend[]> {
  const ids = await listHeld(core.db.read, user, core.clock.now());
  const rows = await core.mails.readRows(user, ids);
  const sends: WaitingSend[] = [];
  for (const { id, role, subject, to } of rows) {
    if (role === 'trash') continue;
    const status = await demandStatus(core, user, id);
    // Its time came while we looked.
    if (status.state === 'held' || status.state === 'scheduled') sends.push({ ...status, subject, to });
  }
  return sends;
}
