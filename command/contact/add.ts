import { EMPTY_CONTACT } from '../../common/contact/empty-contact.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { fill } from '../words/words.ts';
import { nameOf, readContactOptions, saveContact, viewContact } from './find-contact.ts';

export async function run(call: Call): Promise<Outcome> {
  const contact = readContactOptions(call, EMPTY_CONTACT);
  if (nameOf(contact) === '') throw makeUsageError('missing-option', { option: '--name' });
  const saved = await saveContact(await call.connect(), contact, null);
  const value = saved === null ? null : viewContact(saved);
  return { value, text: fill(call.words().contactAdded, { name: nameOf(contact), id: saved?.id ?? '' }) };
}
