import { MailError } from '../../common/errors.ts';
import type { AccountSettings } from '../../common/shapes/account.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { findItem, listItemsOf } from '../profile/profile-store.ts';
import type { StoredAccount } from './account-state.ts';

/** An account of this very user; MailError `not-found` for another's too. */
export async function demandAccount(
  reader: Reader,
  user: string,
  id: string,
): Promise<StoredAccount & { edited: number }> {
  const item = await findItem(reader, user, 'accounts', id);
  if (item === undefined || item.value === null) {
    const params = { account: id };
    throw new MailError('not-found', `no account ${id}`, { reason: 'no-account', params });
  }
  return { id, ...readStored(item.value), edited: item.edited };
}

export async function listStoredAccounts(reader: Reader, user: string): Promise<StoredAccount[]> {
  const items = await listItemsOf(reader, user, 'accounts');
  return items.map((item) => ({ id: item.id, ...readStored(item.value ?? 'null') }));
}

/** An account's item. One of before some setting existed has its default. */
export function readStored(value: string): Omit<StoredAccount, 'id'> {
  const { oauth, ...settings } = { ...DEFAULTS, ...(JSON.parse(value) as StoredValue) };
  return { settings, oauth };
}

/** The value of an account's item. */
export function writeStored({ settings, oauth }: Omit<StoredAccount, 'id'>): string {
  const value: StoredValue = { ...settings, oauth };
  return JSON.stringify(value);
}

type StoredValue = AccountSettings & { oauth: string | null };

const DEFAULTS = { adaptive: false, paused: false, signedInOnly: false, oauth: null };
