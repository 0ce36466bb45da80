import type { Account } from '../../../common/shapes/account.ts';
import type { ProfileContext } from '../../context.ts';
import { isGiven } from '../../layer/copy-store.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { putItem, takeRevision } from '../../profile/profile-store.ts';
import { removeLeasesOfAccount } from '../../schedule/lease-store.ts';
import { findPoll, setPaused } from '../../schedule/poll-store.ts';
import { judgePolls, refuse } from '../rule/account-policy.ts';
import { demandAccount, writeStored } from '../account-store.ts';
import type { Changer } from './change-account.ts';
import { getAccount } from '../read-account.ts';
import { tellAccounts } from '../tell-accounts.ts';

/**
 * Stops the polls of an account, a session under way too, or lets them go on: due at once, as far as the provider
 * allows. What failed before stays known. MailErrors `not-found`, and `forbidden` where a layer has
 * locked it or the policy lets nobody poll it.
 */
export async function pauseAccount(
  server: ProfileContext,
  { user, session }: Changer,
  { id, paused }: { id: string; paused: boolean },
): Promise<Account> {
  const account = await server.db.write(async (tx) => {
    const revision = await takeRevision(tx, user);
    const { settings, oauth } = await demandAccount(tx, user, id);
    const given = await isGiven(tx, user, id);
    const breach = paused ? null : judgePolls(await readPolicy(tx, user), settings, given);
    if (breach !== null) throw refuse(breach);
    const at = server.clock.now();
    const value = writeStored({ settings: { ...settings, paused }, oauth });
    await putItem(tx, { user, revision, session, at, part: 'accounts', id, value });
    if (paused) await removeLeasesOfAccount(tx, id);
    const poll = await findPoll(tx, id);
    const stays = paused || poll?.needs_sign_in === 1;
    const nextAt = stays ? null : Math.max(at, poll?.allowed_at ?? 0);
    await setPaused(tx, id, { paused: paused ? 1 : 0, next_at: nextAt });
    return await getAccount(server, tx, user, id);
  });
  tellAccounts(server, user);
  return account;
}
