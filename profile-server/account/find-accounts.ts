import type { Reader } from '../../server-kit/database/database.ts';
import { listItemsOfAll } from '../profile/profile-store.ts';
import { readStored } from './account-store.ts';

/** Accounts of whichever user, by id or by address: several users may have one of the same. */
export async function findAccounts(
  reader: Reader,
  asked: string,
): Promise<{ id: string; user: string; email: string }[]> {
  const address = asked.includes('@') ? asked.trim().toLowerCase() : null;
  const items = await listItemsOfAll(reader, 'accounts', address === null ? asked : null);
  return items
    .map(({ id, user, value }) => ({ id, user, email: readStored(value).settings.email }))
    .filter(({ email }) => address === null || email.toLowerCase() === address);
}
