import { makeProfileFile, type ProfileFile } from '../../common/archive/profile-file.ts';
import type { MailboxDefinition } from '../../common/shapes/mailbox.ts';
import type { AccountSettings } from '../../common/shapes/account.ts';
import type { ItemValue } from '../../common/shapes/profile.ts';
import { formatTime } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { readOrigins } from '../layer/demand-unlocked.ts';
import { listItems } from '../profile/profile-store.ts';
import { foldUserName } from '../user/user-name.ts';
import { findUserByName } from '../user/user-store.ts';
import { listBackupUsers, listCredentials } from './backup-store.ts';

/** A user's profile as a backup holds it; secrets only as they are stored, sealed. */
export interface ProfileBackup {
  user: string;
  name: string;
  profile: ProfileFile;
  mailboxes: (MailboxDefinition & { path: string })[];
  accounts: { id: string; email: string; pop3: AccountSettings['pop3'] }[];
  credentials: { account: string; kind: string; version: number; sealed: string }[];
}

/** Ids and names of all users, or the one of that name; none when there is no such user. */
export async function findBackupUsers(
  read: Reader,
  name: string | null,
): Promise<{ id: string; name: string }[]> {
  if (name === null) return await listBackupUsers(read);
  const found = await findUserByName(read, foldUserName(name));
  return found === undefined ? [] : [{ id: found.id, name: found.name }];
}

export async function readProfileBackup(
  read: Reader,
  { id, name }: { id: string; name: string },
  at: number,
): Promise<ProfileBackup> {
  const records = await listItems(read, id, null);
  const items = records.map((one) => ({ ...one, value: JSON.parse(one.value ?? 'null') as ItemValue }));
  const origins = await readOrigins(read, id);
  const own = items.filter((one) => !origins.has(`${one.part}/${one.id}`));
  const profile = makeProfileFile(own, formatTime(at));
  const valuesOf = <T>(part: string): T[] =>
    items
      .filter((item) => item.part === part)
      .map((item) => ({ ...(item.value as object), id: item.id }) as T);
  const definitions = valuesOf<MailboxDefinition>('mailboxes');
  const credentials = await listCredentials(read, id);
  return {
    user: id,
    name,
    profile,
    mailboxes: definitions.map((one) => ({ ...one, path: makePath(one, definitions) })),
    accounts: valuesOf<AccountSettings & { id: string }>('accounts').map(({ id: account, email, pop3 }) => ({
      id: account,
      email,
      pop3,
    })),
    credentials: credentials.map(({ sealed, ...one }) => ({ ...one, sealed: sealed.toString('base64') })),
  };
}

/** Names from the top, joined by `/`. */
function makePath(mailbox: MailboxDefinition, all: readonly MailboxDefinition[]): string {
  const above = all.find(({ id }) => id === mailbox.parent && id !== mailbox.id);
  return above === undefined ? mailbox.name : `${makePath(above, all)}/${mailbox.name}`;
}
