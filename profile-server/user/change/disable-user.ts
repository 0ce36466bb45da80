import { MailError } from '../../../common/errors.ts';
import type { UserCaller } from '../../../server-kit/auth/caller.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import { appendAudit } from '../../audit/audit-store.ts';
import type { ProfileContext } from '../../context.ts';
import { demandPowerOver } from '../../group/reach.ts';
import { removeLeasesOfUser } from '../../schedule/lease-store.ts';
import { resumePollsOfUser, stopPollsOfUser } from '../../schedule/poll-store.ts';
import { tellSchedule } from '../../schedule/tell-schedule.ts';
import { tellRevocation } from '../../session/end-session.ts';
import { writeNote } from '../../session/note/security-notes.ts';
import { addRevocation } from '../../session/revocation-store.ts';
import { removeSessionsOf } from '../../session/session-store.ts';
import { setDisabled, type UserRecord } from '../user-store.ts';

/** Shuts a user out everywhere within 5 s and stops the polling; mail and settings stay. MailError `not-found` or `forbidden`, also for oneself. */
export async function disableUser(server: ProfileContext, caller: UserCaller, user: string): Promise<void> {
  demandOther(caller, user);
  await server.db.write(async (tx) => {
    demandPresent(await demandPowerOver(tx, caller, user));
    await shutOut(server, tx, user);
    const at = server.clock.now();
    await appendAudit(tx, { at, actor: caller.user, action: 'user.disable', subject: user, detail: {} });
    await writeNote(tx, server, { user, what: 'disabled', by: caller.user });
  });
  tellRevocation(server, user);
}

/** MailError `not-found`, `forbidden`; `conflict` for a removed one, who is restored instead. */
export async function enableUser(server: ProfileContext, caller: UserCaller, user: string): Promise<void> {
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    demandPresent(await demandPowerOver(tx, caller, user));
    await setDisabled(tx, user, false);
    await resumePollsOfUser(tx, user, at);
    await appendAudit(tx, { at, actor: caller.user, action: 'user.enable', subject: user, detail: {} });
    await writeNote(tx, server, { user, what: 'enabled', by: caller.user });
  });
  tellSchedule(server);
}

/** No session, no lease, no poll; tell of the revocation after the commit. */
export async function shutOut(server: ProfileContext, tx: Writer, user: string): Promise<void> {
  await setDisabled(tx, user, true);
  await removeSessionsOf(tx, user);
  await removeLeasesOfUser(tx, user);
  await stopPollsOfUser(tx, user);
  await addRevocation(tx, { kind: 'user', id: user, at: server.clock.now() });
}

export function demandOther(caller: UserCaller, user: string): void {
  if (caller.user !== user) return;
  throw new MailError('forbidden', 'admins do not do this to themselves', { reason: 'own-user' });
}

export function demandPresent(user: UserRecord): void {
  if (user.removed_at === null) return;
  throw new MailError('conflict', 'the user is removed', {
    reason: 'removed-user',
    params: { name: user.name },
  });
}
