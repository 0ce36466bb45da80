import { MailError } from '../../common/errors.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import type { SenderState } from '../../common/shapes/sender.ts';
import { formatTime } from '../../common/time.ts';
import type { Reader } from '../../server-kit/database/database.ts';
import { foldAsciiAddress } from '../../server-kit/mail-domain.ts';
import { listStoredAccounts } from '../account/account-store.ts';
import type { ProfileContext } from '../context.ts';
import { mayUseDomain } from '../domain/domain-store.ts';
import { domainOf, listIdentities } from '../identity/authorise-sender.ts';
import { judgeProof } from '../identity/proof-rule.ts';
import { listOpenCodes } from './code-store.ts';
import { findProof } from './proof-store.ts';

/** Every address that the user has an identity for. */
export async function listSenders(server: ProfileContext, user: string): Promise<SenderState[]> {
  const { read } = server.db;
  const accounts = await listStoredAccounts(read, user);
  const codes = await listOpenCodes(read, user, 'sender');
  const now = server.clock.now();
  const senders: SenderState[] = [];
  for (const identity of await listIdentities(read, user)) {
    const address = foldAsciiAddress(identity.address);
    const account = accounts.find(({ id }) => id === identity.account);
    if (account === undefined) continue;
    const { send } = account.settings;
    const ownDomain = await mayUseDomain(read, user, domainOf(address));
    const proof = await findProof(read, user, address);
    const { state, how } = judgeProof(server.settings.senders, { send }, { ownDomain, proof });
    const code = codes.find((one) => one.address === address && one.expires_at > now);
    senders.push({
      identity: identity.id,
      address: identity.address,
      account: identity.account,
      way: send.way,
      proof: state,
      how,
      codeSentAt: code === undefined ? null : formatTime(code.sent_at),
      codeExpiresAt: code === undefined ? null : formatTime(code.expires_at),
    });
  }
  return senders;
}

/** MailError `not-found`, for another user's too. */
export async function demandIdentity(reader: Reader, user: string, id: string): Promise<Identity> {
  const found = (await listIdentities(reader, user)).find((identity) => identity.id === id);
  if (found === undefined) throw new MailError('not-found', `no identity ${id}`, { reason: 'identity' });
  return found;
}
