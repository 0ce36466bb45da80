import type { AccountSettings } from '../../../common/shapes/account.ts';
import type { Reader } from '../../../server-kit/database/database.ts';
import { isGiven } from '../../layer/copy-store.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { checkPolicy, judgePolls, judgeSmarthost, raiseKeep, refuse } from './account-policy.ts';

/**
 * Settings as they are polled now, with the contract that is in force. MailErrors `host-not-allowed` and `forbidden` where a
 * policy has been made since they were kept: no secret goes where the organisation does not want it.
 */
export async function demandPollable(
  reader: Reader,
  user: string,
  { id, settings }: { id: string; settings: AccountSettings },
): Promise<AccountSettings> {
  const policy = await readPolicy(reader, user);
  const given = policy.ownAccounts || (await isGiven(reader, user, id));
  const breach = judgePolls(policy, settings, given);
  if (breach !== null) throw refuse(breach);
  return { ...settings, keep: raiseKeep(policy, settings.keep) };
}

/** The same for mail that leaves through an account's own server. */
export async function demandSendable(
  reader: Reader,
  user: string,
  send: AccountSettings['send'],
): Promise<void> {
  const breach = judgeSmarthost(await readPolicy(reader, user), send);
  if (breach !== null) throw refuse(breach);
}

/** For settings that nobody has kept yet: what `account.add` would refuse. */
export async function demandAddable(reader: Reader, user: string, settings: AccountSettings): Promise<void> {
  checkPolicy(await readPolicy(reader, user), settings, { before: null, given: false });
}
