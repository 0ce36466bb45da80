import { foldGroup } from '../../../common/contact/list-groups.ts';
import type { Contact } from '../../../common/shapes/contact.ts';
import type { AddressBook, KnownContact } from './contacts.ts';

/** Whom the list shows: all, those only written to, the organisation's, or a group by its name. */
export type Choice = 'all' | 'collected' | 'shared' | { group: string };

/** A line of the list; one of a shared book has no revision: it cannot be changed here. */
export interface ListedContact {
  id: string;
  contact: Contact;
  revision: number | null;
  /** Whose shared book it stands in; null for one's own. */
  from: { of: 'organisation' | 'group'; name: string | null } | null;
}

/** Those of the choice with every typed word somewhere in name, organisation, address, number or group; in the book's order. */
export function chooseContacts(book: AddressBook, choice: Choice, typed: string): ListedContact[] {
  const words = fold(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  const fits = (contact: Contact): boolean => {
    if (words.length === 0) return true;
    const text = textOf(contact);
    return words.every((word) => text.includes(word));
  };
  if (choice === 'shared') {
    return book.shared
      .filter(({ value }) => fits(value))
      .map(({ id, value, layer }) => ({ id, contact: value, revision: null, from: layer }));
  }
  const members = typeof choice === 'object' ? listMembers(book, choice.group) : null;
  return book.contacts
    .filter((contact) => {
      if (choice === 'collected' && !contact.collected) return false;
      // Whom nobody put there does not stand among those whom one knows.
      if (choice === 'all' && contact.collected && words.length === 0) return false;
      return (members === null || members.has(contact.id)) && fits(contact);
    })
    .map((contact) => ({ id: contact.id, contact, revision: contact.revision, from: null }));
}

/** Ids of the cards in a group: as members, or by their category. */
export function listMembers(book: Pick<AddressBook, 'contacts' | 'ownGroups'>, name: string): Set<string> {
  const key = foldGroup(name);
  const group = book.ownGroups.find((one) => foldGroup(one.name) === key);
  const byCategory = book.contacts.filter((one) => one.groups.some((own) => foldGroup(own) === key));
  const named = (group?.members ?? []).flatMap(({ contact }) => (contact === null ? [] : [contact]));
  return new Set([...named, ...byCategory.map(({ id }) => id)]);
}

const texts = new WeakMap<Contact, string>();

/** Folded once for each card: a search looks at ten thousand with every letter. */
function textOf(contact: Contact): string {
  const known = texts.get(contact);
  if (known !== undefined) return known;
  const { name, organisation, title, note, emails, phones, groups } = contact;
  const parts = [name, organisation ?? '', title ?? '', note ?? '', ...groups];
  const text = fold(
    [...parts, ...emails.map(({ address }) => address), ...phones.map(({ number }) => number)].join('\n'),
  );
  texts.set(contact, text);
  return text;
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

export function keyOfChoice(choice: Choice): string {
  return typeof choice === 'object' ? `group ${choice.group}` : choice;
}

/** Cards that may be of the same person: an address of theirs is the same. The first of each pair comes first in the book. */
export function findTwins(contacts: readonly KnownContact[]): [KnownContact, KnownContact][] {
  const owners = new Map<string, KnownContact>();
  const twins = new Map<string, [KnownContact, KnownContact]>();
  for (const contact of contacts) {
    for (const { address } of contact.emails) {
      const owner = owners.get(address.toLowerCase());
      if (owner === undefined) owners.set(address.toLowerCase(), contact);
      else if (owner !== contact) twins.set(`${owner.id} ${contact.id}`, [owner, contact]);
    }
  }
  return [...twins.values()];
}

/** The card alone, without what says where it stands. */
export function bareContact(contact: Contact): Contact {
  const { name, emails, phones, organisation, title, note, groups, vcard, collected } = contact;
  return { name, emails, phones, organisation, title, note, groups, vcard, collected };
}
