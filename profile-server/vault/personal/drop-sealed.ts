import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { takeRevision, touchItem } from '../../profile/profile-store.ts';
import { requireSignIn } from '../../schedule/sign-in-store.ts';
import { listCredentialsOf, removePersonalCredentials } from '../credential-store.ts';
import { removeLeasesOfAccount } from '../../schedule/lease-store.ts';
import { removePersonalKey } from './personal-key-store.ts';

/**
 * Empties the passwords that only the user can open, and forgets the key: for a reset, after which nobody knows the old
 * password. Those accounts wait for their own passwords. Answers how many; tell the user's accounts after the commit.
 */
export async function dropSealed(
  server: Pick<ProfileContext, 'clock'>,
  tx: Writer,
  user: string,
): Promise<number> {
  const sealed = (await listCredentialsOf(tx, user)).filter(({ personal }) => personal !== null);
  const accounts = [...new Set(sealed.map(({ account }) => account))];
  await removePersonalCredentials(tx, user);
  await removePersonalKey(tx, user);
  if (accounts.length === 0) return 0;
  const revision = await takeRevision(tx, user);
  const problem = {
    code: 'needs-sign-in',
    message: 'the password of this account went with the reset',
    serverLine: null,
    reason: 'emptied-by-reset',
    params: {},
  };
  for (const account of accounts) {
    await requireSignIn(tx, account, { now: server.clock.now(), error: JSON.stringify(problem) });
    await removeLeasesOfAccount(tx, account);
    await touchItem(tx, user, 'accounts', account, revision);
  }
  return accounts.length;
}
