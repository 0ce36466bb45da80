import { queryOptions } from '@tanstack/react-query';
import type { KnownGroup } from '../../../common/contact/list-groups.ts';
import type { ContactGroup } from '../../../common/shapes/contact-group.ts';
import type { Contact } from '../../../common/shapes/contact.ts';
import type { SharedContact } from '../../../common/shapes/layer.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { changeItem } from '../profile/change-item.ts';
import type { WithId } from '../profile/profile-store.ts';

/** A card with the revision that its next change is based on. */
export type KnownContact = WithId<Contact> & { revision: number };
export type OwnGroup = WithId<ContactGroup> & { revision: number };

/** The address book as it stood at `revision` of the profile. */
export interface AddressBook {
  revision: number;
  /** By name, those who were only written to behind the others. */
  contacts: KnownContact[];
  ownGroups: OwnGroup[];
  /** All who can be written to: own ones, shared ones, then those who were only written to. */
  people: Contact[];
  /** All that can be written to by name. */
  groups: KnownGroup[];
  /** What the organisation shares, at `sharedRevision`. */
  shared: SharedContact[];
  sharedRevision: string;
}

/** Read when somebody wants it, then only what changed since. */
export const contactsQuery = queryOptions({
  queryKey: ['profile', 'contacts'] as const,
  queryFn: async ({ signal }): Promise<AddressBook> =>
    // Loaded with the first card: nobody needs it before.
    await (await import('./read-book.ts')).readBook(queries.getQueryData(['profile', 'contacts']), signal),
});

export function nameOfContact({ name, organisation, emails }: Contact): string {
  return name || organisation || emails[0]?.address || '';
}

/** Whether somebody with this address is in the book. */
export function hasAddress(contacts: readonly Contact[], address: string): boolean {
  const key = address.toLowerCase();
  return contacts.some(({ emails }) => emails.some((one) => one.address.toLowerCase() === key));
}

export async function addContact(contact: Contact): Promise<void> {
  await changeItem('contacts', null, contact);
  await queries.invalidateQueries({ queryKey: contactsQuery.queryKey });
}
