import { foldGroup } from '../../../../common/contact/list-groups.ts';
import type { ContactGroup } from '../../../../common/shapes/contact-group.ts';
import { saveItem } from '../../profile/save-item.ts';
import { toProblem } from '../../session/problem.ts';
import { tellProblem } from '../../shell/notices.ts';
import { listMembers } from '../choose-contacts.ts';
import type { AddressBook } from '../contacts.ts';

/**
 * Puts a card into the chosen groups and takes it out of the others. A category that nobody made a group of becomes one with
 * its first new member.
 */
export async function changeMembership(
  book: AddressBook,
  contact: string,
  chosen: ReadonlySet<string>,
): Promise<void> {
  try {
    for (const { id, name } of book.groups) {
      const isIn = listMembers(book, name).has(contact);
      if (isIn === chosen.has(name)) continue;
      const own = book.ownGroups.find((one) => one.id === id);
      const members = own?.members ?? [];
      const next: ContactGroup = {
        name,
        members: isIn
          ? members.filter((one) => one.contact !== contact)
          : [...members, { contact, address: null }],
      };
      // Who is in it by his category alone leaves with the category, which his card has lost by now.
      if (isIn && next.members.length === members.length) continue;
      await saveItem({ part: 'groups', id: own?.id ?? null, base: own?.revision ?? null, value: next });
    }
  } catch (error) {
    tellProblem(toProblem(error));
  }
}

/** Takes a group away, `own` as the person saw it: its cards stay, also those that have it as a category, which lose that. */
export async function removeGroup(
  book: AddressBook,
  name: string,
  own: AddressBook['ownGroups'][number] | null,
): Promise<void> {
  const key = foldGroup(name);
  if (own !== null) await saveItem({ part: 'groups', id: own.id, base: own.revision, value: null });
  for (const { id, revision, ...contact } of book.contacts) {
    if (!contact.groups.some((one) => foldGroup(one) === key)) continue;
    const groups = contact.groups.filter((one) => foldGroup(one) !== key);
    await saveItem({ part: 'contacts', id, base: revision, value: { ...contact, groups } });
  }
}
