import type { ProfileContext } from '../../context.ts';
import { tellAccounts } from '../../account/tell-accounts.ts';
import { liftLocked } from './lift-locked.ts';
import { findOpenKeyOfSession, type PersonalKey } from './open-keys.ts';
import { openByPasskey, type PasskeySecret } from './passkey/wrap-key.ts';
import { openPersonalKey } from './personal-key.ts';
import { grantKey, renewKey, type KeptSession } from './session-key.ts';

/**
 * Opens the accounts that only their user can, by the password or the passkey with which the session was opened (where
 * neither can it waits for `session.unlock`). What is returned belongs into the session's refresh token; null: nothing.
 */
export async function openForSession(
  server: ProfileContext,
  session: KeptSession,
  proven: { password: string | null; passkey?: PasskeySecret | undefined },
): Promise<string | null> {
  const { password, passkey } = proven;
  const key =
    password !== null
      ? await openPersonalKey(server, session.user, password)
      : passkey === undefined
        ? null
        : await openByPasskey(server, server.db.read, session.user, passkey);
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
  server.hints.give('opened');
  return granted.secret;
}
