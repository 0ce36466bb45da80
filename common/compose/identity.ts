import type { Address } from '../shapes/address.ts';
import type { Identity } from '../shapes/identity.ts';
import { foldAddress } from './recipients.ts';

/**
 * The identity that answers a mail: one it was addressed to (best one of an account that received
 * it), else one of the account that received it, else the first. Undefined when there is none.
 */
export function chooseIdentity(
  identities: readonly Identity[],
  mail: {
    accounts: readonly string[];
    from: readonly Address[];
    to: readonly Address[];
    cc: readonly Address[];
  },
): Identity | undefined {
  const named = new Set([...mail.to, ...mail.cc, ...mail.from].map((one) => foldAddress(one.address)));
  const addressed = identities.filter((one) => named.has(foldAddress(one.address)));
  const receiving = identities.filter((one) => mail.accounts.includes(one.account));
  return addressed.find((one) => receiving.includes(one)) ?? receiving[0] ?? addressed[0] ?? identities[0];
}

/** The identity that owns an address: a From that none owns is not the user's to send with. */
export function findIdentity(identities: readonly Identity[], address: string): Identity | undefined {
  const key = foldAddress(address);
  return identities.find((one) => foldAddress(one.address) === key);
}
