import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { tellAccounts } from '../../account/tell-accounts.ts';
import { takeRevision, touchItem } from '../../profile/profile-store.ts';
import { tellUser } from '../../profile/tell-user.ts';
import { findPoll } from '../../schedule/poll-store.ts';
import { liftSignIn, requireSignIn } from '../../schedule/sign-in-store.ts';
import type { TokenRecord } from './token-store.ts';

/** The account of these tokens needs its user; null when they have none yet. What is returned tells, after the commit. */
export async function stopAccount(
  server: ProfileContext,
  tx: Writer,
  { user, holder }: Pick<TokenRecord, 'user' | 'holder'>,
  error: string,
): Promise<(() => void) | null> {
  if ((await findPoll(tx, holder)) === undefined) return null;
  await requireSignIn(tx, holder, { now: server.clock.now(), error });
  await touchItem(tx, user, 'accounts', holder, await takeRevision(tx, user));
  return () => tellUser(server, user);
}

/** The user has signed in again: the account is polled at once. */
export async function resumeAccount(
  server: ProfileContext,
  tx: Writer,
  user: string,
  account: string,
): Promise<() => void> {
  await liftSignIn(tx, account, server.clock.now());
  await touchItem(tx, user, 'accounts', account, await takeRevision(tx, user));
  return () => tellAccounts(server, user);
}
