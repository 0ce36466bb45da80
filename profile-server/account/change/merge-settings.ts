import { MailError } from '../../../common/errors.ts';
import { isSame, mergeValues } from '../../../common/profile/merge-values.ts';
import type { AccountSecrets, AccountSettings } from '../../../common/shapes/account.ts';
import type { Writer } from '../../../server-kit/database/database.ts';
import type { ProfileContext } from '../../context.ts';
import { findValueAt } from '../../profile/history-store.ts';
import { findItem } from '../../profile/profile-store.ts';
import { viewItems } from '../../profile/read-profile.ts';
import type { StoredAccount } from '../account-state.ts';
import { readStored } from '../account-store.ts';

/**
 * Settings that began with an older revision and those that stand there now, in one, field by field; a server with all
 * that belongs to it is one field. MailError `conflict` with the current item and the names of the fields where both changed
 * the same, and where a password was given for a server that is another one by now.
 */
export async function mergeSettings(
  server: ProfileContext,
  tx: Writer,
  user: string,
  change: { before: StoredAccount; base: number; settings: AccountSettings; secrets: AccountSecrets },
): Promise<AccountSettings> {
  const { before, base, settings, secrets } = change;
  const { id } = before;
  const seen = await findValueAt(tx, { user, part: 'accounts', id, revision: base });
  const began = seen === undefined || seen.value === null ? null : readStored(seen.value).settings;
  const merged = began === null ? { conflict: [] } : chooseMerge(began, before.settings, settings, secrets);
  if ('value' in merged) return merged.value as unknown as AccountSettings;
  const item = await findItem(tx, user, 'accounts', id);
  const [current] = await viewItems(server, tx, user, item === undefined ? [] : [item]);
  const params = { fields: merged.conflict.join(' ') };
  throw new MailError('conflict', 'the account was changed meanwhile', { current, params });
}

/** What becomes of two changes of an account's settings that both began with `base`. */
export function chooseMerge(
  base: AccountSettings,
  theirs: AccountSettings,
  mine: AccountSettings,
  secrets: AccountSecrets,
): ReturnType<typeof mergeValues> {
  const lost = [
    ...(secrets.pop3Password === undefined || isSame(base.pop3, theirs.pop3) ? [] : ['pop3']),
    ...(secrets.smtpPassword === undefined || isSame(base.send, theirs.send) ? [] : ['send']),
  ];
  if (lost.length > 0) return { conflict: lost };
  return mergeValues(base, theirs, mine);
}
