import type { ProfileContext } from '../../context.ts';
import { tellAccounts } from '../../account/tell-accounts.ts';
import { liftLocked } from './lift-locked.ts';
import { findOpenKeyOfSession, type PersonalKey } from './open-keys.ts';
import { openPersonalKey } from './personal-key.ts';
import { grantKey, renewKey, type KeptSession } from './session-key.ts';

/**
 * Opens the accounts that only their user can, by the password with which the session was opened (null: it was opened
 * without one, and waits for `session.unlock`). What is returned belongs into the session's refresh token; null: nothing.
 */
export async function openForSession(
  server: ProfileContext,
  session: KeptSession,
  password: string | null,
): Promise<string | null> {
  const key = password === null ? null : await openPersonalKey(server, session.user, password);
  return key === null ? null : await grantToSession(server, session, key);
}

/** The same at a refresh; `shown` is what the spent refresh token said, `session` what the next one will. */
export async function reopenForSession(
  server: ProfileContext,
  session: KeptSession,
  shown: { secret: string | null; generation: number },
): Promise<string | null> {
  const { secret, generation } = shown;
  if (secret === null) {
    // Unlocked in another window at this moment: this one must not lose it.
    const open = await findOpenKeyOfSession(server, server.db.read, session);
    return open === null ? null : await grantToSession(server, session, open);
  }
  const renewed = await server.db.write(async (tx) => {
    const next = await renewKey(server, tx, session, { secret, generation });
    return { next, lifted: next !== null && (await liftLocked(server, tx, session.user)) };
  });
  if (renewed.lifted) tellAccounts(server, session.user);
  return renewed.next;
}

/** Accounts that waited for it are due. */
export async function grantToSession(
  server: ProfileContext,
  session: KeptSession,
  key: PersonalKey,
): Promise<string> {
  const granted = await server.db.write(async (tx) => ({
    secret: await grantKey(server, tx, session, key),
    lifted: await liftLocked(server, tx, session.user),
  }));
  if (granted.lifted) tellAccounts(server, session.user);
  return granted.secret;
}
