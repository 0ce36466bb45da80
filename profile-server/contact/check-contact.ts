import { contact, type Contact } from '../../common/shapes/contact.ts';
import { checkShape } from '../profile/check-shape.ts';

/** A contact as it may be kept. */
export function checkContact(value: unknown): Contact {
  return checkShape(contact, value);
}
