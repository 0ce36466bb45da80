import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { takeRevision, touchItem } from '../../profile/profile-store.ts';
import { listPolls } from '../../schedule/poll-store.ts';
import { liftSignIn } from '../../schedule/sign-in-store.ts';
import { waitsForPassword } from './personal-rule.ts';

/** Accounts that waited for their user's password are due. Answers whether there were any: then tell, after the commit. */
export async function liftLocked(
  server: Pick<ProfileContext, 'clock'>,
  tx: Writer,
  user: string,
): Promise<boolean> {
  const waiting = (await listPolls(tx, user)).filter(({ error }) => waitsForPassword(error));
  if (waiting.length === 0) return false;
  const revision = await takeRevision(tx, user);
  for (const { account } of waiting) {
    await liftSignIn(tx, account, server.clock.now());
    await touchItem(tx, user, 'accounts', account, revision);
  }
  return true;
}
