import type { AccountSettings } from '../../common/shapes/account.ts';
import type { Identity } from '../../common/shapes/identity.ts';
import { foldAsciiAddress } from '../../server-kit/mail-domain.ts';

type SendSettings = AccountSettings['send'];

/** Who an address is to its user, and by which way its mail leaves. */
export interface ChosenSender {
  /** The rule that found it, the most exact first. */
  decidedBy: 'identity' | 'account' | 'domain';
  identity: string | null;
  /** Null for an address of an own domain: it belongs to none. */
  account: string | null;
  /** The account's own address. */
  email: string | null;
  name: string | null;
  send: SendSettings;
}

interface SenderAccount {
  id: string;
  settings: Pick<AccountSettings, 'email' | 'name' | 'send'>;
}

/**
 * Exact identity first (its account decides the way), then the account with that address, then an own domain that the
 * user may use, by the relay. Null: not an address of his. What the first rule says is never softened by a later one:
 * an identity whose account has no server to send through stays without one.
 */
export function chooseSender(
  address: string,
  known: {
    identities: readonly Identity[];
    accounts: readonly SenderAccount[];
    /** The admin's list lets the user send as any address of this domain. */
    ownDomain: boolean;
  },
): ChosenSender | null {
  const key = foldAsciiAddress(address);
  for (const identity of known.identities) {
    if (foldAsciiAddress(identity.address) !== key) continue;
    const account = known.accounts.find(({ id }) => id === identity.account);
    if (account === undefined) continue;
    return describe('identity', account, { identity: identity.id, name: identity.name });
  }
  const account = known.accounts.find(({ settings }) => foldAsciiAddress(settings.email) === key);
  if (account !== undefined) {
    return describe('account', account, { identity: null, name: account.settings.name });
  }
  if (!known.ownDomain) return null;
  const send = { way: 'relay' as const, smtp: null };
  return { decidedBy: 'domain', identity: null, account: null, email: null, name: null, send };
}

function describe(
  decidedBy: 'identity' | 'account',
  { id, settings }: SenderAccount,
  who: Pick<ChosenSender, 'identity' | 'name'>,
): ChosenSender {
  return { decidedBy, ...who, account: id, email: settings.email, send: settings.send };
}
