import type { ContactGroup } from '../../common/shapes/contact-group.ts';
import type { Call, Outcome } from '../call.ts';
import { listContacts } from '../contact/find-contact.ts';
import { listOwnItems, saveOwnItem } from '../profile-item/own-items.ts';
import { fill } from '../words/words.ts';
import { pickGroup, readMembers, viewGroup } from './own-groups.ts';

/** `contact-group edit NAME …`: members that are typed replace those that are there. */
export async function run(call: Call): Promise<Outcome> {
  const { typed } = call;
  const connection = await call.connect();
  const contacts = await listContacts(connection);
  const known = pickGroup(await listOwnItems<ContactGroup>(connection, 'groups'), typed.words[0] ?? '');
  const group: ContactGroup = {
    name: typed.text('name') ?? known.name,
    members: typed.has('member') ? readMembers(contacts, typed.texts('member')) : known.members,
  };
  const { id, value } = await saveOwnItem<ContactGroup>(connection, 'groups', known, group);
  const saved = { ...(value ?? group), id };
  return { value: viewGroup(contacts, saved), text: fill(call.words().itemSaved, { name: saved.name, id }) };
}
