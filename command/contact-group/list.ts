import { listGroups } from '../../common/contact/list-groups.ts';
import type { ContactGroup } from '../../common/shapes/contact-group.ts';
import type { Call, Outcome } from '../call.ts';
import { listContacts } from '../contact/find-contact.ts';
import { cut, formatTable } from '../format.ts';
import { listOwnItems } from '../profile-item/own-items.ts';
import { cleanText } from '../report.ts';

/** All that can be written to by name: groups that were made, and categories of cards (id null). */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const contacts = await listContacts(connection);
  const groups = listGroups(contacts, await listOwnItems<ContactGroup>(connection, 'groups'));
  const words = call.words();
  const rows = groups.map(({ id, name, people }) => [
    id ?? '–',
    cut(cleanText(name), 40),
    String(people.length),
    cut(cleanText(people.map(({ address }) => address).join(', ')), 60),
  ]);
  return {
    value: { groups },
    text:
      rows.length === 0
        ? words.noContactGroups
        : formatTable([[words.id, words.itemName, words.members, words.email], ...rows], [2]),
  };
}
