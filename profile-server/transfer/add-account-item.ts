import type { AccountSettings } from '../../common/shapes/account.ts';
import type { Writer } from '../../server-kit/database/database.ts';
import { checkPolicy, raiseKeep } from '../account/rule/account-policy.ts';
import { checkNotThere, checkSettings } from '../account/rule/account-rule.ts';
import { listStoredAccounts, writeStored } from '../account/account-store.ts';
import { planPolls } from '../account/change/plan-polls.ts';
import type { ProfileContext } from '../context.ts';
import type { ItemChange } from '../profile/profile-store.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { addPoll, findPoll } from '../schedule/poll-store.ts';
import { requireSignIn } from '../schedule/sign-in-store.ts';
import { findUser } from '../user/user-store.ts';
import { findCredential } from '../vault/credential-store.ts';
import { judgePersonal } from '../vault/personal/may-be-personal.ts';

/** Whose account it is, and what is to be kept of it. */
export interface AccountItem {
  user: string;
  id: string;
  settings: AccountSettings;
  oauth: string | null;
}

/**
 * An account that comes from a file or from history, and its polls: without a secret nobody polls until the user has
 * signed in. Answers the value that its item gets; writes no item. MailError as account.add.
 */
export async function addAccountItem(
  server: ProfileContext,
  tx: Writer,
  item: AccountItem,
): Promise<NonNullable<ItemChange['value']>> {
  const { user, id, oauth } = item;
  const policy = await readPolicy(tx, user);
  const keep = raiseKeep(policy, item.settings.keep);
  // Where only the user could open it and he may not have that, nobody ever could.
  const signedInOnly = item.settings.signedInOnly && (await judgePersonal(tx, user)) === null;
  const settings = checkSettings({ ...item.settings, keep, signedInOnly }, server.allowNetworks);
  checkPolicy(policy, settings, { before: settings, given: false });
  const others = await listStoredAccounts(tx, user);
  checkNotThere(
    settings.pop3,
    others.filter((other) => other.id !== id),
  );
  if ((await findPoll(tx, id)) === undefined) {
    const now = server.clock.now();
    const home = (await findUser(tx, user))?.home ?? null;
    await addPoll(tx, { ...planPolls(settings, policy), account: id, user, home, next_at: null });
    const isKept = (await findCredential(tx, id, oauth === null ? 'pop3' : 'oauth')) !== undefined;
    const error = { code: 'needs-sign-in', message: 'the file held no password', serverLine: null };
    if (!isKept) await requireSignIn(tx, id, { now, error: JSON.stringify(error) });
  }
  return writeStored({ settings, oauth });
}
