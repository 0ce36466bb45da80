import { MailError } from '../../../common/errors.ts';
import { DAY, formatTime } from '../../../common/time.ts';
import type { UserCaller } from '../../../server-kit/auth/caller.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { demandPowerOver } from '../../group/reach.ts';
import { resumePollsOfUser } from '../../schedule/poll-store.ts';
import { tellSchedule } from '../../schedule/tell-schedule.ts';
import { tellRevocation } from '../../session/end-session.ts';
import { demandOther, demandPresent, shutOut } from '../change/disable-user.ts';
import { setUserFields } from '../user-store.ts';
import { purgeUser } from './purge-user.ts';

/** Time to think again, unless the admin says another. */
const GRACE_DAYS = 30;

/**
 * Removes a user: shut out at once; after `keepDays` everything that this server and his home hold of him goes for good, mail
 * too, until then he can be restored. 0: it goes now. MailError `not-found`, `forbidden`, `conflict` (`removed-user`).
 */
export async function removeUser(
  server: ProfileContext,
  caller: UserCaller,
  { id, keepDays = GRACE_DAYS }: { id: string; keepDays?: number | undefined },
): Promise<{ removed: string; purgeAt: string }> {
  demandOther(caller, id);
  const at = server.clock.now();
  const purgeAt = at + keepDays * DAY;
  await server.db.write(async (tx) => {
    const user = await demandPowerOver(tx, caller, id);
    // Who is removed may still be sent off at once; with days it would only be put off.
    if (keepDays > 0) demandPresent(user);
    await shutOut(server, tx, id);
    const was_disabled = user.removed_at === null ? user.disabled : user.was_disabled;
    await setUserFields(tx, id, { removed_at: user.removed_at ?? at, purge_at: purgeAt, was_disabled });
    const detail = { keepDays };
    await appendAudit(tx, { at, actor: caller.user, action: 'user.remove', subject: id, detail });
  });
  tellRevocation(server, id);
  if (keepDays === 0) await purgeUser(server, id, caller.user);
  return { removed: id, purgeAt: formatTime(purgeAt) };
}

/** Everything is as it was, but for sessions: who was shut out before stays so. MailError `not-found`, also when the days are over; `conflict` (`not-removed`). */
export async function restoreUser(server: ProfileContext, caller: UserCaller, id: string): Promise<void> {
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    const user = await demandPowerOver(tx, caller, id);
    if (user.removed_at === null) {
      throw new MailError('conflict', 'not removed', { reason: 'not-removed', params: { name: user.name } });
    }
    const disabled = user.was_disabled;
    await setUserFields(tx, id, { removed_at: null, purge_at: null, disabled, was_disabled: 0 });
    if (disabled === 0) await resumePollsOfUser(tx, id, at);
    await appendAudit(tx, { at, actor: caller.user, action: 'user.restore', subject: id, detail: {} });
  });
  tellSchedule(server);
}
