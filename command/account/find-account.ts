import { MailError } from '../../common/errors.ts';
import type { Account } from '../../common/shapes/account.ts';
import { ask, type Connection } from '../server/connection.ts';

/** Takes an id, or the address of one of the user's accounts. */
export async function findAccountId(connection: Connection, typed: string): Promise<string> {
  if (!typed.includes('@')) return typed;
  const { accounts } = await ask(connection.profile.account.list.query());
  const found = accounts.find((account) => account.email.toLowerCase() === typed.toLowerCase());
  if (found === undefined) throw makeNoAccountError(typed);
  return found.id;
}

/** An account as it is now, with the revision that a change of it has to name. MailError not-found. */
export async function findAccount(
  connection: Connection,
  typed: string,
): Promise<{ account: Account; revision: number }> {
  const id = await findAccountId(connection, typed);
  const { items } = await ask(connection.profile.profile.read.query({ parts: ['accounts'] }));
  const item = items.find((found) => found.id === id && found.value !== null);
  if (item === undefined) throw makeNoAccountError(id);
  return { account: item.value as Account, revision: item.revision };
}

function makeNoAccountError(account: string): MailError {
  const params = { account };
  return new MailError('not-found', `no account ${account}`, { reason: 'no-account', params });
}
