import { MailError } from '../../common/errors.ts';
import type { LogInEnd } from '../../common/shapes/lab.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { closeLogIn } from '../lab/session-log-store.ts';
import { addRevocation } from './revocation-store.ts';
import { findSession, listSessionIds, removeSession } from './session-store.ts';

/** Ends one session of the user: refused everywhere within seconds. False when there is no such session of theirs. */
export async function endSession(
  server: ProfileContext,
  user: string,
  id: string,
  how: LogInEnd = 'ended',
): Promise<boolean> {
  const ended = await server.db.write(async (tx) => {
    const session = await findSession(tx, id);
    return session?.user === user && (await revokeSession(server, tx, id, how));
  });
  if (ended) tellRevocation(server, user);
  return ended;
}

/** One by its id (MailError `not-found`), or all but the caller's own; returns how many. */
export async function endSessions(
  server: ProfileContext,
  caller: { user: string; session: string },
  which: { id: string } | { others: true },
): Promise<number> {
  if ('id' in which) {
    if (await endSession(server, caller.user, which.id)) return 1;
    const params = { session: which.id };
    throw new MailError('not-found', `no session ${which.id}`, { reason: 'session', params });
  }
  const ended = await server.db.write(
    async (tx) => await endSessionsOf(tx, server, caller.user, caller.session),
  );
  if (ended > 0) tellRevocation(server, caller.user);
  return ended;
}

/** All of a user's but the one that is kept; returns how many. After the commit comes `tellRevocation`. */
export async function endSessionsOf(
  tx: Writer,
  server: Pick<ProfileContext, 'clock'>,
  user: string,
  kept: string | null,
): Promise<number> {
  let count = 0;
  for (const id of await listSessionIds(tx, user)) {
    if (id !== kept && (await revokeSession(server, tx, id))) count += 1;
  }
  return count;
}

/** After the commit: wakes the parts' waiting calls and the user's own streams. */
export function tellRevocation(server: ProfileContext, user: string): void {
  server.hints.give('revocation');
  server.hints.give(`user:${user}`);
}

async function revokeSession(
  server: Pick<ProfileContext, 'clock'>,
  tx: Writer,
  id: string,
  how: LogInEnd = 'ended',
): Promise<boolean> {
  if (!(await removeSession(tx, id))) return false;
  await closeLogIn(tx, id, server.clock.now(), how);
  await addRevocation(tx, { kind: 'session', id, at: server.clock.now() });
  return true;
}
