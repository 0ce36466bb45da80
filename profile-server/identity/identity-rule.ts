import { placeOwnPicture, simplifyHtml } from '../../common/compose/simple-html.ts';
import { MailError } from '../../common/errors.ts';
import { identity, type Identity } from '../../common/shapes/identity.ts';
import { checkShape } from '../profile/item/check-shape.ts';
import type { ItemRecord } from '../profile/profile-store.ts';

/** An identity as it may be kept: of the right shape and belonging to one of the user's own accounts; its signature is harmless. */
export function checkIdentity(id: string, value: unknown, accounts: readonly ItemRecord[]): Identity {
  const checked = checkShape(identity, { ...(value as object), id });
  if (!accounts.some((account) => account.id === checked.account)) {
    throw new MailError('not-found', `no account ${checked.account}`, { field: 'account' });
  }
  const { signature } = checked;
  if (signature === null || signature.html === null) return checked;
  return { ...checked, signature: { ...signature, html: simplifyHtml(signature.html, placeOwnPicture) } };
}
