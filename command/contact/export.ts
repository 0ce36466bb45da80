import { writeFile } from 'node:fs/promises';
import type { ContactGroup } from '../../common/shapes/contact-group.ts';
import { writeCards } from '../../common/vcard/write-cards.ts';
import type { Call, Outcome } from '../call.ts';
import { makeUsageError } from '../failure.ts';
import { listOwnItems } from '../profile-item/own-items.ts';
import { fill } from '../words/words.ts';
import { listContacts } from './find-contact.ts';

/** The address book as vCard 4.0 (RFC 6350), on stdout or in the file that `--out` names. */
export async function run(call: Call): Promise<Outcome> {
  const connection = await call.connect();
  const contacts = await listContacts(connection);
  const cards = writeCards(contacts, await listOwnItems<ContactGroup>(connection, 'groups'));
  const file = call.typed.text('out') ?? null;
  if (file === null) return { value: { contacts: contacts.length, file, cards }, text: cards.trimEnd() };
  try {
    await writeFile(file, cards, { mode: 0o600 });
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw makeUsageError('unwritable-file', { file, detail });
  }
  const text = fill(call.words().contactsExported, { n: contacts.length, file });
  return { value: { contacts: contacts.length, file }, text };
}
