import type { Call, Outcome } from '../call.ts';
import { cut, formatTable } from '../format.ts';
import { cleanText } from '../report.ts';
import { listContacts, nameOf, viewContact } from './find-contact.ts';

/** `contact list [TEXT]`: all of the address book, or those with the text in name, organisation, address or group. */
export async function run(call: Call): Promise<Outcome> {
  const [wanted = ''] = call.typed.words;
  const key = wanted.toLowerCase();
  const all = await listContacts(await call.connect());
  const found = all.filter(({ name, organisation, emails, groups }) =>
    [name, organisation ?? '', ...emails.map(({ address }) => address), ...groups].some((text) =>
      text.toLowerCase().includes(key),
    ),
  );
  const words = call.words();
  const rows = found.map((contact) => [
    contact.id,
    cut(cleanText(nameOf(contact)), 40),
    cut(cleanText(contact.emails.map(({ address }) => address).join(', ')), 60),
    cut(cleanText(contact.phones.map(({ number }) => number).join(', ')), 40),
  ]);
  return {
    // Those whom nobody put there: they were written to.
    value: {
      contacts: found.map(viewContact),
      collected: found.filter((one) => one.collected).map(({ id }) => id),
    },
    text:
      found.length === 0
        ? words.noContacts
        : formatTable([[words.id, words.contactName, words.email, words.phone], ...rows]),
  };
}
