import { foldAddress } from '../../common/compose/recipients.ts';
import { MailError } from '../../common/errors.ts';
import { MINUTE } from '../../common/time.ts';
import type { ProfileContext } from '../context.ts';
import { listItemsOf } from '../profile/profile-store.ts';
import { limitTries, nameTries } from '../password/tries/limit-tries.ts';
import { groupAddress } from '../password/tries/try-limit.ts';
import { foldUserName } from '../user/user-name.ts';
import { findUser, type UserRecord } from '../user/user-store.ts';
import { hashAppPassword, normaliseAppPassword } from './app-password-rule.ts';
import type { CheckedAppPassword } from './app-password-shapes.ts';
import { findAppPassword, noteUse, type AppPasswordRecord } from './app-password-store.ts';
import { appPasswordKey } from './app-passwords.ts';

/** A use within this time of the last one from the same address is not written down again. */
const NOTE_AFTER = MINUTE;

/**
 * Whose app password it is. Wrong ones are counted and delayed for login and address, apart from those of people who sign in.
 * MailError `sign-in-failed`, `too-many-tries`; `unavailable` for a user who has no home yet.
 */
export async function checkAppPassword(
  server: ProfileContext,
  given: { login: string; password: string; address: string },
): Promise<CheckedAppPassword> {
  const who = nameTries(server, ['submit', foldUserName(given.login), groupAddress(given.address)]);
  const { user, record } = await limitTries(server, who, async () => await prove(server, given));
  if (user.home === null)
    throw new MailError('unavailable', 'the user has no home yet', { reason: 'no-home' });
  const now = server.clock.now();
  const address = given.address.slice(0, 64);
  if (record.last_address !== address || now - (record.last_used ?? 0) > NOTE_AFTER) {
    await server.db.write(async (tx) => await noteUse(tx, record.id, now, address));
  }
  return { user: user.id, home: user.home, appPassword: record.id };
}

async function prove(
  server: ProfileContext,
  { login, password }: { login: string; password: string },
): Promise<{ user: UserRecord; record: AppPasswordRecord } | null> {
  const signs = normaliseAppPassword(password);
  if (signs === null) return null;
  const record = await findAppPassword(server.db.read, hashAppPassword(appPasswordKey(server), signs));
  if (record === undefined || !record.scopes.split(',').includes('submit')) return null;
  const user = await findUser(server.db.read, record.user);
  if (user === undefined || user.disabled === 1 || !(await isLoginOf(server, user, login))) return null;
  return { user, record };
}

/** By the user's name, or the address of one of his accounts and identities: mail programs fill in the address. */
async function isLoginOf(server: ProfileContext, user: UserRecord, login: string): Promise<boolean> {
  if (foldUserName(login) === user.name_key) return true;
  const address = foldAddress(login);
  for (const part of ['accounts', 'identities'] as const) {
    const items = await listItemsOf(server.db.read, user.id, part);
    const addresses = items.map((item) => {
      const value = JSON.parse(item.value ?? '{}') as { email?: string; address?: string };
      return foldAddress(value.email ?? value.address ?? '');
    });
    if (addresses.includes(address)) return true;
  }
  return false;
}
