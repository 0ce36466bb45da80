import type { Account } from '../../common/shapes/account.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import type { ProfileContext } from '../context.ts';
import { findPoll, listPolls } from '../schedule/poll-store.ts';
import { composeAccount } from './account-state.ts';
import { demandAccount, listStoredAccounts } from './account-store.ts';

/** All of the user's accounts as they stand now. */
export async function listAccounts(server: ProfileContext, user: string): Promise<Account[]> {
  const { db, clock } = server;
  const polls = await listPolls(db.read, user);
  const stored = await listStoredAccounts(db.read, user);
  return stored.map((account) => {
    const poll = polls.find((candidate) => candidate.account === account.id) ?? null;
    return composeAccount(account, poll, clock.now());
  });
}

/** One of them, within a transaction with what that has written. MailError `not-found`. */
export async function getAccount(
  { clock }: Pick<ProfileContext, 'clock'>,
  reader: Reader,
  user: string,
  id: string,
): Promise<Account> {
  const stored = await demandAccount(reader, user, id);
  return composeAccount(stored, (await findPoll(reader, id)) ?? null, clock.now());
}
