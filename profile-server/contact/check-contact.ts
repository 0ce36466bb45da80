import { isMailAddress } from '../../common/compose/check-address.ts';
import { MailError } from '../../common/errors.ts';
import { contact, type Contact } from '../../common/shapes/contact.ts';
import { checkShape } from '../profile/item/check-shape.ts';

/** Characters of a card as it came in: pictures are taken out of it before (common/vcard). */
const LONGEST_CARD = 50_000;

/** A contact as it may be kept: each address one that can be written to, and once. */
export function checkContact(value: unknown): Contact {
  const given = checkShape(contact, value);
  const addresses = new Map<string, Contact['emails'][number]>();
  for (const email of given.emails) {
    if (!isMailAddress(email.address)) {
      throw new MailError('invalid', `${email.address} is no address`, {
        field: 'emails',
        reason: 'contact-address',
        params: { address: email.address },
      });
    }
    const key = email.address.toLowerCase();
    if (!addresses.has(key)) addresses.set(key, email);
  }
  if ((given.vcard?.length ?? 0) > LONGEST_CARD) {
    throw new MailError('too-large', 'the card is too long', { field: 'vcard', reason: 'contact-card' });
  }
  const groups = [...new Map(given.groups.map((group) => [group.toLowerCase(), group])).values()];
  return { ...given, emails: [...addresses.values()], groups };
}
