import { isMailAddress } from '../../common/compose/check-address.ts';
import { listGroups } from '../../common/contact/list-groups.ts';
import type { ContactGroup, GroupMember } from '../../common/shapes/contact-group.ts';
import { pickContact, type StoredContact } from '../contact/find-contact.ts';
import { pickItem, type OwnItem } from '../profile-item/own-items.ts';

/** Takes an id or a name. MailError `not-found`. */
export function pickGroup(groups: readonly OwnItem<ContactGroup>[], typed: string): OwnItem<ContactGroup> {
  return pickItem(groups, typed, { name: ({ name }) => name, reason: 'contact-group' });
}

/** Each an id, an address or a name of a contact, or any other address. MailError `not-found`. */
export function readMembers(contacts: readonly StoredContact[], typed: readonly string[]): GroupMember[] {
  return typed.filter(Boolean).map((one): GroupMember => {
    const own = contacts.filter(({ emails }) =>
      emails.some(({ address }) => address.toLowerCase() === one.trim().toLowerCase()),
    );
    if (isMailAddress(one.trim()) && own.length !== 1) return { contact: null, address: one.trim() };
    return { contact: pickContact(contacts, one).id, address: null };
  });
}

/** A group as `--json` shows it: who is written to by its name. */
export function viewGroup(contacts: readonly StoredContact[], group: ContactGroup & { id: string }) {
  const people = listGroups(contacts, [group]).find(({ id }) => id === group.id)?.people ?? [];
  return { id: group.id, name: group.name, members: group.members, people };
}
