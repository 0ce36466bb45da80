import type { Call, Outcome } from '../call.ts';
import { fill } from '../words/words.ts';
import { listContacts, pickContact, saveContact } from './find-contact.ts';

export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const all = await listContacts(connection);
  // All are found before the first one goes.
  const chosen = [...new Set(call.typed.words.map((typed) => pickContact(all, typed)))];
  for (const contact of chosen) await saveContact(connection, null, contact);
  return {
    value: { removed: chosen.map(({ id }) => id) },
    text: fill(call.words().contactsRemoved, { n: chosen.length }),
  };
}
