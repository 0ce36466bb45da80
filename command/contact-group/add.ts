import type { ContactGroup } from '../../common/shapes/contact-group.ts';
import type { Call, Outcome } from '../call.ts';
import { listContacts } from '../contact/find-contact.ts';
import { saveOwnItem } from '../profile-item/own-items.ts';
import { fill } from '../words/words.ts';
import { readMembers, viewGroup } from './own-groups.ts';

/** `contact-group add NAME --member M`, which may be repeated. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const contacts = await listContacts(connection);
  const [name = ''] = call.typed.words;
  const group = { name, members: readMembers(contacts, call.typed.texts('member')) };
  const { id, value } = await saveOwnItem<ContactGroup>(connection, 'groups', null, group);
  const saved = { ...(value ?? group), id };
  return { value: viewGroup(contacts, saved), text: fill(call.words().itemSaved, { name: saved.name, id }) };
}
