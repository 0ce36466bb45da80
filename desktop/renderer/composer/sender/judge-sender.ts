import { chooseIdentity, findIdentity } from '../../../../common/compose/identity.ts';
import { foldAddress } from '../../../../common/compose/recipients.ts';
import type { Precedents } from '../../../../common/shapes/draft.ts';
import type { Identity } from '../../../../common/shapes/identity.ts';

/** Why a From may be the wrong one, and which would be right. */
export interface SenderDoubt {
  /** The answered mail came to another account, or a recipient knows the user by another address. */
  kind: 'answered' | 'written';
  better: Identity;
  /** The address that knows the other one. */
  to: string;
}

/**
 * Holds a From against what was before. Null: nothing speaks against it, or nothing is known. Somebody who was written to
 * once by this address too is no reason for doubt.
 */
export function judgeSender(
  identity: Identity | undefined,
  identities: readonly Identity[],
  { answered, written }: Precedents,
): SenderDoubt | null {
  if (identity === undefined) return null;
  const fits = (one: Identity): boolean =>
    answered !== null &&
    (answered.accounts.includes(one.account) || answered.addressed.includes(foldAddress(one.address)));
  if (answered !== null) {
    if (fits(identity)) return null;
    const to = answered.addressed.map((address) => ({ name: null, address }));
    const better = chooseIdentity(identities, { accounts: answered.accounts, from: [], to, cc: [] });
    // Where that account is gone, nothing is better.
    return better === undefined || !fits(better) ? null : { kind: 'answered', better, to: better.address };
  }
  const own = foldAddress(identity.address);
  if (written.some(({ from }) => from === own)) return null;
  const known = written
    .map((one) => ({ ...one, better: findIdentity(identities, one.from) }))
    .filter((one) => one.better !== undefined)
    .toSorted((a, b) => b.count - a.count)[0];
  return known?.better === undefined ? null : { kind: 'written', better: known.better, to: known.to };
}
