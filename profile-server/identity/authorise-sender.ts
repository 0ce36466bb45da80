import { MailError } from '../../common/errors.ts';
import type { SmtpSettings } from '../../common/shapes/account.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import type { Language } from '../../common/shapes/profile.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { foldAsciiAddress, toAsciiAddress } from '../../server-kit/mail-domain.ts';
import { judgeSmarthost } from '../account/rule/account-policy.ts';
import { listStoredAccounts } from '../account/account-store.ts';
import type { ProfileContext } from '../context.ts';
import { mayUseDomain } from '../domain/domain-store.ts';
import { findLanguage } from '../profile/find-language.ts';
import { listItemsOf } from '../profile/profile-store.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { findProof } from '../sender/proof-store.ts';
import { findUser } from '../user/user-store.ts';
import { chooseSender, type ChosenSender } from './choose-sender.ts';
import { judgeProof } from './proof-rule.ts';

/** Whether `user` may send as an address, and by which way. */
export interface SenderAuthorisation {
  allowed: boolean;
  /** Why not, as a code: `not-your-address`, `sender-unverified`, `user-disabled`, `smarthost-forbidden` by a policy. */
  reason: string | null;
  account: string | null;
  identity: string | null;
  name: string | null;
  /** The account's own address; null without an account. */
  email: string | null;
  send: { way: 'relay' | 'smarthost'; smtp: SmtpSettings | null } | null;
  /** Which rule found the address among the user's own; null: none did. */
  decidedBy: ChosenSender['decidedBy'] | null;
  /** Id of the storage-server that takes the results. */
  home: string;
  /** In which reports are written to the user; null: none was chosen. */
  language: Language | null;
}

/** See `chooseSender` and `judgeProof`. MailError `not-found` for an unknown user. */
export async function authoriseSender(
  server: ProfileContext,
  input: { user: string; from: string },
): Promise<SenderAuthorisation> {
  const { read } = server.db;
  const user = await findUser(read, input.user);
  if (user === undefined || user.home === null) throw new MailError('not-found', `no user ${input.user}`);
  const none = {
    allowed: false,
    account: null,
    identity: null,
    name: null,
    email: null,
    send: null,
    decidedBy: null,
    home: user.home,
    language: await findLanguage(read, user.id),
  };
  if (user.disabled === 1) return { ...none, reason: 'user-disabled' };
  const ownDomain = await mayUseDomain(read, user.id, domainOf(input.from));
  const chosen = chooseSender(input.from, {
    identities: await listIdentities(read, user.id),
    accounts: await listStoredAccounts(read, user.id),
    ownDomain,
  });
  if (chosen === null) return { ...none, reason: 'not-your-address' };
  const proof = await findProof(read, user.id, foldAsciiAddress(input.from));
  const { state } = judgeProof(server.settings.senders, chosen, { ownDomain, proof });
  const forbidden = judgeSmarthost(await readPolicy(read, user.id), chosen.send) !== null;
  const reason = forbidden ? 'smarthost-forbidden' : state === 'needed' ? 'sender-unverified' : null;
  return { ...none, ...chosen, allowed: reason === null, reason };
}

export async function listIdentities(reader: Reader, user: string): Promise<Identity[]> {
  const items = await listItemsOf(reader, user, 'identities');
  return items.map((item) => JSON.parse(item.value ?? 'null') as Identity);
}

/** The address's domain as the list of own domains has it. */
export function domainOf(address: string): string {
  const ascii = toAsciiAddress(address.trim());
  return ascii.slice(ascii.lastIndexOf('@') + 1).toLowerCase();
}
