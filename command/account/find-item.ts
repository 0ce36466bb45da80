import type { Account } from '../../common/shapes/account.ts';
import { ask, type Connection } from '../server/connection.ts';
import { findAccountId, makeNoAccountError } from './account-view.ts';

/** An account as it is now, with the revision that a change of it has to name. MailError not-found. */
export async function findItem(
  connection: Connection,
  typed: string,
): Promise<{ account: Account; revision: number }> {
  const id = await findAccountId(connection, typed);
  const { items } = await ask(connection.profile.profile.read.query({ parts: ['accounts'] }));
  const item = items.find((found) => found.id === id && found.value !== null);
  if (item === undefined) throw makeNoAccountError(id);
  return { account: item.value as Account, revision: item.revision };
}
