import { listGroups } from '../../../common/contact/list-groups.ts';
import type { ContactGroup } from '../../../common/shapes/contact-group.ts';
import type { Contact } from '../../../common/shapes/contact.ts';
import type { SharedContact } from '../../../common/shapes/layer.ts';
import { profileServer } from '../session/clients.ts';
import { nameOfContact, type AddressBook, type KnownContact, type OwnGroup } from './contacts.ts';

/** The whole address book, or what changed of the one that is known. */
export async function readBook(known: AddressBook | undefined, signal: AbortSignal): Promise<AddressBook> {
  const since = known === undefined ? {} : { since: known.revision };
  const [{ revision, items }, shared] = await Promise.all([
    profileServer().profile.read.query({ parts: ['contacts', 'groups'], ...since }, { signal }),
    readShared(known, signal),
  ]);
  if (known !== undefined && items.length === 0 && shared.shared === known.shared)
    return { ...known, revision };
  const contacts = new Map((known?.contacts ?? []).map((one) => [one.id, one]));
  const groups = new Map((known?.ownGroups ?? []).map((one) => [one.id, one]));
  for (const { part, id, revision: at, value } of items) {
    const of: Map<string, unknown> = part === 'groups' ? groups : contacts;
    if (value === null) of.delete(id);
    else of.set(id, { ...(value as Contact | ContactGroup), id, revision: at });
  }
  const sorted = sortContacts([...contacts.values()]);
  const ownGroups: OwnGroup[] = [...groups.values()];
  const late = sorted.findIndex(({ collected }) => collected);
  const own = late === -1 ? sorted : sorted.slice(0, late);
  return {
    revision,
    contacts: sorted,
    ownGroups,
    people: [...own, ...shared.shared.map(({ value }) => value), ...sorted.slice(own.length)],
    groups: listGroups(sorted, ownGroups),
    ...shared,
  };
}

const order = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/** Names are made once each: ten thousand are compared a hundred thousand times. */
function sortContacts(contacts: readonly KnownContact[]): KnownContact[] {
  return contacts
    .map((contact) => ({ contact, name: nameOfContact(contact), late: contact.collected ? 1 : 0 }))
    .sort((a, b) => a.late - b.late || order.compare(a.name, b.name))
    .map(({ contact }) => contact);
}

type Shared = Pick<AddressBook, 'shared' | 'sharedRevision'>;

async function readShared(known: AddressBook | undefined, signal: AbortSignal): Promise<Shared> {
  const ask = async (after: string, limit: number) =>
    await profileServer().contact.shared.query({ after, limit }, { signal });
  const first = await ask('', known === undefined ? 500 : 1);
  if (first.revision === known?.sharedRevision)
    return { shared: known.shared, sharedRevision: known.sharedRevision };
  const shared: SharedContact[] = [];
  let page = known === undefined ? first : await ask('', 500);
  for (;;) {
    shared.push(...page.contacts);
    if (page.next === null) break;
    page = await ask(page.next, 500);
  }
  shared.sort((a, b) => order.compare(nameOfContact(a.value), nameOfContact(b.value)));
  return { shared, sharedRevision: first.revision };
}
