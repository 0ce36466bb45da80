import { foldAddress } from '../../common/compose/recipients.ts';
import { MailError } from '../../common/errors.ts';
import type { SmtpSettings } from '../../common/shapes/account.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import { demandAccount } from '../account/account-store.ts';
import type { ProfileContext } from '../context.ts';
import { listItemsOf } from '../profile/profile-store.ts';
import { findUser } from '../session/user-store.ts';

/** Whether `user` may send as an address, and by which way. */
export interface SenderAuthorisation {
  allowed: boolean;
  /** Why not, as a code: `not-your-address`, `user-disabled`. */
  reason: string | null;
  account: string | null;
  identity: string | null;
  name: string | null;
  send: { way: 'relay' | 'smarthost'; smtp: SmtpSettings | null } | null;
  /** Id of the storage-server that takes the results. */
  home: string;
}

/** Exact identity → its account's way of sending. MailError `not-found` for an unknown user. */
export async function authoriseSender(
  server: ProfileContext,
  input: { user: string; from: string },
): Promise<SenderAuthorisation> {
  const { read } = server.db;
  const user = await findUser(read, input.user);
  if (user === undefined || user.home === null) throw new MailError('not-found', `no user ${input.user}`);
  const none = { account: null, identity: null, name: null, send: null, home: user.home };
  if (user.disabled === 1) return { allowed: false, reason: 'user-disabled', ...none };
  const address = foldAddress(input.from);
  const items = await listItemsOf(read, input.user, 'identities');
  const found = items
    .map((item) => JSON.parse(item.value ?? 'null') as Identity)
    .find((identity) => foldAddress(identity.address) === address);
  if (found === undefined) return { allowed: false, reason: 'not-your-address', ...none };
  const { settings } = await demandAccount(read, input.user, found.account);
  const { id: identity, account, name } = found;
  return { allowed: true, reason: null, account, identity, name, send: settings.send, home: user.home };
}
