import type { ContactGroup } from '../shapes/contact-group.ts';
import type { Contact } from '../shapes/contact.ts';
import type { Address } from '../shapes/address.ts';

type WithId<Value> = Value & { id: string };

/** A group and who is written to by its name. */
export interface KnownGroup {
  /** Null for a category of cards that nobody made a group of. */
  id: string | null;
  name: string;
  /** Each address once; who has no address is left out. */
  people: Address[];
}

/** How names of groups are compared. */
export function foldGroup(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

/** All groups by name: those that were made, with the cards of that category, and the categories beside them. */
export function listGroups(
  contacts: readonly WithId<Contact>[],
  groups: readonly WithId<ContactGroup>[],
): KnownGroup[] {
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const inCategory = new Map<string, { name: string; contacts: Contact[] }>();
  for (const contact of contacts) {
    for (const name of contact.groups) {
      const known = inCategory.get(foldGroup(name)) ?? { name, contacts: [] };
      known.contacts.push(contact);
      inCategory.set(foldGroup(name), known);
    }
  }
  const found = groups.map(({ id, name, members }): KnownGroup => {
    const named = members.flatMap(({ contact: of, address }): Address[] => {
      const contact = of === null ? undefined : byId.get(of);
      const chosen = address ?? contact?.emails[0]?.address;
      return chosen === undefined ? [] : [{ name: contact?.name || null, address: chosen }];
    });
    const category = inCategory.get(foldGroup(name))?.contacts ?? [];
    return { id, name, people: dropSame([...named, ...category.flatMap(listFirst)]) };
  });
  const made = new Set(groups.map(({ name }) => foldGroup(name)));
  for (const [key, { name, contacts: members }] of inCategory) {
    if (!made.has(key)) found.push({ id: null, name, people: dropSame(members.flatMap(listFirst)) });
  }
  return found.toSorted((a, b) => a.name.localeCompare(b.name));
}

function listFirst({ name, emails }: Contact): Address[] {
  const [first] = emails;
  return first === undefined ? [] : [{ name: name || null, address: first.address }];
}

function dropSame(people: readonly Address[]): Address[] {
  const seen = new Set<string>();
  return people.filter(({ address }) => {
    const key = address.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
