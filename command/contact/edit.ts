import type { Call, Outcome } from '../call.ts';
import { fill } from '../words/words.ts';
import {
  listContacts,
  nameOf,
  pickContact,
  readContactOptions,
  saveContact,
  viewContact,
} from './find-contact.ts';

/** `contact edit ID …`: what is named changes, all else stays. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const { id, revision, ...before } = pickContact(await listContacts(connection), call.typed.words[0] ?? '');
  const contact = readContactOptions(call, before);
  const saved = await saveContact(connection, contact, { id, revision });
  const value = saved === null ? null : viewContact(saved);
  return { value, text: fill(call.words().contactSaved, { name: nameOf(contact), id }) };
}
