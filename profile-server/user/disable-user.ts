import { MailError } from '../../common/errors.ts';
import type { ProfileContext } from '../context.ts';
import { removeLeasesOfUser } from '../schedule/lease-store.ts';
import { resumePollsOfUser, stopPollsOfUser } from '../schedule/poll-store.ts';
import { tellSchedule } from '../schedule/tell-schedule.ts';
import { addRevocation } from '../session/revocation-store.ts';
import { tellRevocation } from '../session/end-session.ts';
import { removeSessionsOf } from '../session/session-store.ts';
import { setDisabled } from './user-store.ts';
import { appendAudit } from '../audit/audit-store.ts';

/** Shuts a user out everywhere within 5 s and stops the polling; mail and settings stay. MailError `not-found` or `forbidden` for oneself. */
export async function disableUser(server: ProfileContext, admin: string, user: string): Promise<void> {
  if (admin === user) {
    throw new MailError('forbidden', 'admins do not disable themselves', { reason: 'own-user' });
  }
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    if (!(await setDisabled(tx, user, true))) throw new MailError('not-found', `no user ${user}`);
    await removeSessionsOf(tx, user);
    await removeLeasesOfUser(tx, user);
    await stopPollsOfUser(tx, user);
    await addRevocation(tx, { kind: 'user', id: user, at });
    await appendAudit(tx, { at, actor: admin, action: 'user.disable', subject: user, detail: {} });
  });
  tellRevocation(server, user);
}

/** MailError `not-found`. */
export async function enableUser(server: ProfileContext, admin: string, user: string): Promise<void> {
  await server.db.write(async (tx) => {
    const at = server.clock.now();
    if (!(await setDisabled(tx, user, false))) throw new MailError('not-found', `no user ${user}`);
    await resumePollsOfUser(tx, user, at);
    await appendAudit(tx, { at, actor: admin, action: 'user.enable', subject: user, detail: {} });
  });
  tellSchedule(server);
}
