import type { Reader } from '../../server-kit/database/database.ts';
import { readEdited } from '../profile/profile-store.ts';
import { countKeepings } from './credential-store.ts';

/** See `credential.standings`; in the order of `of`. */
export async function readStandings(
  reader: Reader,
  of: readonly { user: string; account: string }[],
): Promise<string[]> {
  const items = of.map(({ user, account }) => ({ user, id: account }));
  const edited = await readEdited(reader, 'accounts', items);
  const keepings = await countKeepings(reader, of);
  return of.map(({ account }) => `${edited.get(account) ?? 0}.${keepings.get(account) ?? 0}`);
}
