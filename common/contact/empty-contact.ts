import type { Contact } from '../shapes/contact.ts';

/** A card with nothing in it, where one that is typed in begins. */
export const EMPTY_CONTACT: Contact = {
  name: '',
  emails: [],
  phones: [],
  organisation: null,
  title: null,
  note: null,
  groups: [],
  vcard: null,
  collected: false,
};
