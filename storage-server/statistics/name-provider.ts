import { getDomain } from 'tldts';
import { foldAddress } from '../../common/compose/recipients.ts';
import { findProviderOfHost } from '../../common/providers/find-provider.ts';
import { OTHER_PROVIDER } from '../../common/shapes/use.ts';
import type { UserProfile } from '../home/home.ts';

type Known = Pick<UserProfile, 'accounts' | 'identities'>;

/** The provider that an account's maildrop is at: its id in our table, or the domain of its host. */
export function nameProvider(profile: Known, account: string | undefined): string {
  const host = profile.accounts.find(({ id }) => id === account)?.pop3.host;
  if (host === undefined) return OTHER_PROVIDER;
  return findProviderOfHost(host)?.id ?? getDomain(host) ?? OTHER_PROVIDER;
}

/** The provider of the account that an address sends by. */
export function nameSendersProvider(profile: Known, address: string): string {
  const folded = foldAddress(address);
  const identity = profile.identities.find((one) => foldAddress(one.address) === folded);
  return nameProvider(profile, identity?.account);
}
