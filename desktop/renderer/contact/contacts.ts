import { queryOptions } from '@tanstack/react-query';
import type { Contact } from '../../../common/shapes/contact.ts';
import type { ProfileItem } from '../../../common/shapes/profile.ts';
import { queries } from '../mail/cache/mail-cache.ts';
import { changeItem } from '../profile/change-item.ts';
import type { WithId } from '../profile/profile-store.ts';
import { profileServer } from '../session/clients.ts';

/** The address book as it stood at `revision` of the profile. */
export interface AddressBook {
  revision: number;
  contacts: WithId<Contact>[];
}

/** Read when somebody wants it, then only what changed since. */
export const contactsQuery = queryOptions({
  queryKey: ['contacts'] as const,
  queryFn: async ({ signal }): Promise<AddressBook> => {
    const known = queries.getQueryData<AddressBook>(['contacts']);
    const since = known === undefined ? {} : { since: known.revision };
    const { revision, items } = await profileServer().profile.read.query(
      { parts: ['contacts'], ...since },
      { signal },
    );
    return { revision, contacts: mergeContacts(known?.contacts ?? [], items) };
  },
});

function mergeContacts(known: readonly WithId<Contact>[], items: readonly ProfileItem[]): WithId<Contact>[] {
  const all = new Map(known.map((one) => [one.id, one]));
  for (const { id, value } of items) {
    if (value === null) all.delete(id);
    else all.set(id, { ...(value as Contact), id });
  }
  return [...all.values()].toSorted((a, b) => nameOfContact(a).localeCompare(nameOfContact(b)));
}

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
