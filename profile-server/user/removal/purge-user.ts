import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { findUser, lockUser } from '../user-store.ts';
import { addDeparture } from './departure-store.ts';
import { listAccountIds, listUsersToPurge, removeEverythingOf } from './purge-store.ts';

const BATCH = 20;

/**
 * For good: every row of the user here, and an order to his home to throw away what it keeps. Only the audit log goes on
 * naming his id. Nothing happens when he was restored meanwhile.
 */
export async function purgeUser(server: ProfileContext, id: string, actor: string): Promise<void> {
  const gone = await server.db.write(async (tx) => {
    const at = server.clock.now();
    // Somebody may restore him at this moment.
    await lockUser(tx, id);
    const user = await findUser(tx, id);
    if (user === undefined || user.purge_at === null || user.purge_at > at) return false;
    await removeEverythingOf(tx, id, await listAccountIds(tx, id));
    if (user.home !== null) await addDeparture(tx, id, user.home, at);
    await appendAudit(tx, { at, actor, action: 'user.purge', subject: id, detail: {} });
    return true;
  });
  if (!gone) return;
  server.hints.give('departure');
  server.log.info('user.purged', { user: id });
}

/** Users whose time to be restored is over. */
export async function purgeDue(server: ProfileContext): Promise<void> {
  for (;;) {
    const due = await listUsersToPurge(server.db.read, server.clock.now(), BATCH);
    for (const id of due) {
      if (server.stopping.aborted) return;
      await purgeUser(server, id, 'system');
      // A whole class may go within the same hour.
      await yieldToOthers();
    }
    if (due.length < BATCH) return;
  }
}
